package dev.sallyport.token;

import dev.sallyport.credential.StoredCredential;
import dev.sallyport.identity.Caller;
import dev.sallyport.permission.Permission;
import dev.sallyport.permission.Permissions;

/**
 * Whose tokens a caller sees and changes: its own, and those of the organization with the permission for it; on the path of a
 * service account, whatever is that account's.
 */
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

    boolean sees(Caller caller, TokenPath path, StoredCredential token) {
        return switch (path) {
            case TokenPath.Personal() -> isOwn(caller, token) || seesOthers(caller);
            case TokenPath.Service(var account) -> account.equals(token.owner());
        };
    }

    boolean changes(Caller caller, TokenPath path, StoredCredential token) {
        return switch (path) {
            case TokenPath.Personal() ->
                isOwn(caller, token) || caller.authority().holds(writeOthers);
            case TokenPath.Service(var account) -> account.equals(token.owner());
        };
    }

    private static boolean isOwn(Caller caller, StoredCredential token) {
        return caller.principal().id().equals(token.owner());
    }
}
