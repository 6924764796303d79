package dev.sallyport.authentication;

import dev.sallyport.http.AddressRanges;
import dev.sallyport.identity.Organization;
import dev.sallyport.identity.Principal;
import dev.sallyport.identity.PrincipalId;
import dev.sallyport.permission.Authority;
import org.jspecify.annotations.Nullable;

/** The principal that credentials point to. The follower replaces what it stands for; readers see one whole state. */
final class Owner {

    /**
     * @param held what it may do now, by its roles
     * @param ownApis the permissions of the organization's own APIs
     * @param addresses where calls of the organization may come from
     */
    record State(
            Organization organization,
            Principal principal,
            Authority held,
            Authority ownApis,
            AddressRanges addresses) {}

    private final PrincipalId id;
    private final int place;
    private volatile @Nullable State state;

    /** @param place its number among the owners */
    Owner(PrincipalId id, int place) {
        this.id = id;
        this.place = place;
    }

    PrincipalId id() {
        return id;
    }

    int place() {
        return place;
    }

    /** Null while nothing is known of it: then nothing of it is live. */
    @Nullable
    State state() {
        return state;
    }

    void become(@Nullable State next) {
        state = next;
    }
}
