package dev.sallyport.authentication;

import dev.sallyport.http.AddressRanges;
import dev.sallyport.identity.PrincipalId;
import dev.sallyport.permission.Authority;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The rows of all credentials, and the shelves on which stands what their numbers mean. A number means nothing beside other
 * shelves, so whoever reads takes one of these and stays with it.
 *
 * <p>One thread changes it; everybody else reads without a lock.
 */
final class CredentialRows {

    /** So many sets that no credential has any more are no burden. */
    private static final int FEW_SETS = 20_000;

    private final CredentialTable byId = new CredentialTable(CredentialRow.ID);
    private final CredentialTable byDigest = new CredentialTable(CredentialRow.DIGEST);
    private final Shelf<Owner> owners;
    private final Shelf<Authority> scopes = new Shelf<>();
    private final Shelf<AddressRanges> addresses = new Shelf<>();
    private final Map<Authority, Integer> scopePlaces = new HashMap<>();
    private final Map<AddressRanges, Integer> addressPlaces = new HashMap<>();
    private int mostSets = FEW_SETS;

    CredentialRows(Shelf<Owner> owners) {
        this.owners = owners;
    }

    /** What the numbers of rows mean; of rows that were seen before this is asked, all of them. */
    record Shared(List<PrincipalId> owners, List<Authority> scopes, List<AddressRanges> addresses) {}

    @Nullable
    KnownCredential ofId(UUID id) {
        return known(byId.find(id.getMostSignificantBits(), id.getLeastSignificantBits()));
    }

    @Nullable
    KnownCredential ofDigest(UUID handle) {
        return known(byDigest.find(handle.getMostSignificantBits(), handle.getLeastSignificantBits()));
    }

    private @Nullable KnownCredential known(byte @Nullable [] row) {
        if (row == null) {
            return null;
        }
        var places = CredentialRow.places(row);
        return new KnownCredential(
                row,
                owners.at(places.owner()),
                places.scopes() == CredentialRow.WHOLE ? null : scopes.at(places.scopes()),
                addresses.at(places.addresses()));
    }

    /** Every credential as it lies in memory, while changes go on. */
    void forEach(Consumer<byte[]> action) {
        byId.forEach(action);
    }

    Shared shared() {
        return new Shared(owners.all().stream().map(Owner::id).toList(), scopes.all(), addresses.all());
    }

    // What follows is called by the follower's thread only.

    int place(Authority set) {
        return scopePlaces.computeIfAbsent(set, scopes::add);
    }

    int place(AddressRanges ranges) {
        return addressPlaces.computeIfAbsent(ranges, addresses::add);
    }

    void put(byte[] row) {
        byId.put(row);
        switch (CredentialRow.kind(row)) {
            case APPLICATION_KEY, API_KEY -> byDigest.put(row);
            case PERSONAL_ACCESS_TOKEN, SERVICE_ACCESS_TOKEN, SETUP_LINK, INVITATION -> {}
        }
    }

    /** The same rows with shelves on which only what they have stands; itself while there is little else. */
    CredentialRows tidied() {
        if (scopes.size() + addresses.size() < mostSets) {
            return this;
        }
        var tidied = new CredentialRows(owners);
        byId.forEach(row -> tidied.put(moved(row, tidied)));
        tidied.mostSets = FEW_SETS + 2 * (tidied.scopes.size() + tidied.addresses.size());
        return tidied;
    }

    private byte[] moved(byte[] row, CredentialRows to) {
        var places = CredentialRow.places(row);
        var moved = row.clone();
        CredentialRow.move(
                moved,
                new CredentialRow.Places(
                        places.owner(),
                        places.scopes() == CredentialRow.WHOLE
                                ? CredentialRow.WHOLE
                                : to.place(scopes.at(places.scopes())),
                        to.place(addresses.at(places.addresses()))));
        return moved;
    }
}
