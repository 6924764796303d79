package dev.sallyport.credential;

import dev.sallyport.identity.Caller;
import dev.sallyport.identity.CredentialKind;
import dev.sallyport.permission.Permission;
import dev.sallyport.permission.Permissions;
import java.util.EnumSet;
import java.util.Set;

/** Which kinds of other people's credentials a caller sees and ends. API keys are the organization's, and have their own permissions. */
final class KindReach {

    static final String READING = "org_app_keys_read";
    static final String WRITING = "org_app_keys_write";
    static final String READING_KEYS = "api_keys_read";
    static final String DELETING_KEYS = "api_keys_delete";

    private final Permission reading;
    private final Permission writing;
    private final Permission readingKeys;
    private final Permission deletingKeys;

    KindReach(Permissions permissions) {
        reading = permissions.require(READING);
        writing = permissions.require(WRITING);
        readingKeys = permissions.require(READING_KEYS);
        deletingKeys = permissions.require(DELETING_KEYS);
    }

    Set<CredentialKind> seenBy(Caller caller) {
        return within(caller, reading, readingKeys);
    }

    Set<CredentialKind> endedBy(Caller caller) {
        return within(caller, writing, deletingKeys);
    }

    private static Set<CredentialKind> within(Caller caller, Permission tokens, Permission keys) {
        var kinds = EnumSet.noneOf(CredentialKind.class);
        for (var kind : Credentials.STORED) {
            if (caller.authority().holds(kind == CredentialKind.API_KEY ? keys : tokens)) {
                kinds.add(kind);
            }
        }
        return kinds;
    }
}
