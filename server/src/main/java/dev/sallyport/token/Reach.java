package dev.sallyport.token;

import dev.sallyport.credential.StoredCredential;
import dev.sallyport.identity.Caller;
import dev.sallyport.permission.Permission;
import dev.sallyport.permission.Permissions;

/** Whose tokens a caller sees and changes: its own, and those of the organization with the permission for it. */
final class Reach {

    private final Permission readOthers;
    private final Permission writeOthers;

    Reach(Permissions permissions) {
        this.readOthers = permissions.require("org_app_keys_read");
        this.writeOthers = permissions.require("org_app_keys_write");
    }

    boolean seesOthers(Caller caller) {
        return caller.authority().holds(readOthers);
    }

    boolean sees(Caller caller, StoredCredential token) {
        return caller.principal().id().equals(token.owner()) || seesOthers(caller);
    }

    boolean changes(Caller caller, StoredCredential token) {
        return caller.principal().id().equals(token.owner())
                || caller.authority().holds(writeOthers);
    }
}
