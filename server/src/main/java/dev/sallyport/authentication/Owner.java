package dev.sallyport.authentication;

import dev.sallyport.identity.Organization;
import dev.sallyport.identity.User;
import dev.sallyport.permission.Authority;
import org.jspecify.annotations.Nullable;

/** The principal that credentials point to. The follower replaces what it stands for; readers see one whole state. */
final class Owner {

    /**
     * @param held what the user may do now, by its roles
     * @param ownApis the permissions of the organization's own APIs
     */
    record State(Organization organization, User user, Authority held, Authority ownApis) {}

    private volatile @Nullable State state;

    /** Null while nothing is known of it: then nothing of it is live. */
    @Nullable
    State state() {
        return state;
    }

    void become(State next) {
        state = next;
    }
}
