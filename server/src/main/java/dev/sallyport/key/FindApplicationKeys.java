package dev.sallyport.key;

import dev.sallyport.credential.StoredCredential;
import dev.sallyport.identity.Caller;
import dev.sallyport.identity.CredentialId;
import dev.sallyport.identity.OrganizationId;
import dev.sallyport.identity.PrincipalId;
import dev.sallyport.sql.Database;
import dev.sallyport.sql.Transaction;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Shows application keys: one, or a page of them. */
final class FindApplicationKeys {

    /** @param owners of these keys, each once */
    record Page(List<StoredCredential> keys, long found, List<KeyOwner> owners) {}

    private final Database database;
    private final ApplicationKeyStore keys;
    private final SightedKeys sightedKeys;
    private final KeyOwnerStore owners;

    FindApplicationKeys(Database database, ApplicationKeyStore keys, SightedKeys sightedKeys, KeyOwnerStore owners) {
        this.database = database;
        this.keys = keys;
        this.sightedKeys = sightedKeys;
        this.owners = owners;
    }

    /** Empty if the service account that was asked for is none of this organization. */
    Optional<Page> list(Caller caller, Sight sight, KeyQuery query) {
        var organization = caller.organization().id();
        return database.reading(transaction -> switch (sight) {
            case Sight.Own(var owner) -> Optional.of(page(transaction, organization, owner, query));
            case Sight.Everybody() -> Optional.of(page(transaction, organization, null, query));
            case Sight.ServiceAccount(var account) ->
                owners.serviceAccount(transaction, organization, account)
                        .map(_ -> page(transaction, organization, account, query));
        });
    }

    private Page page(
            Transaction transaction, OrganizationId organization, @Nullable PrincipalId owner, KeyQuery query) {
        var page = keys.list(transaction, organization, owner, query);
        return new Page(page, keys.count(transaction, organization, owner, query), owners(transaction, page));
    }

    Optional<Page> find(Caller caller, Sight sight, CredentialId id) {
        return database.reading(transaction -> sightedKeys
                .find(transaction, caller.organization().id(), sight, id)
                .map(key -> new Page(List.of(key), 1, owners(transaction, List.of(key)))));
    }

    private List<KeyOwner> owners(Transaction transaction, List<StoredCredential> page) {
        var ids = new LinkedHashSet<PrincipalId>();
        page.forEach(key -> ids.add(Objects.requireNonNull(key.owner())));
        return ids.stream()
                .flatMap(id -> owners.find(transaction, page.getFirst().organization(), id).stream())
                .toList();
    }
}
