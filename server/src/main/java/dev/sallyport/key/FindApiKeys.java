package dev.sallyport.key;

import dev.sallyport.identity.Caller;
import dev.sallyport.identity.CredentialId;
import dev.sallyport.identity.OrganizationId;
import dev.sallyport.identity.PrincipalId;
import dev.sallyport.sql.Database;
import dev.sallyport.sql.Transaction;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Shows API keys: one, or a page of them. */
final class FindApiKeys {

    /** @param people who created or modified them, as far as that was asked for, each once */
    record Page(List<ApiKey> keys, long found, List<KeyOwner> people) {}

    private final Database database;
    private final ApiKeyStore keys;
    private final KeyOwnerStore owners;

    FindApiKeys(Database database, ApiKeyStore keys, KeyOwnerStore owners) {
        this.database = database;
        this.keys = keys;
        this.owners = owners;
    }

    Page list(Caller caller, KeyQuery query) {
        var organization = caller.organization().id();
        return database.reading(transaction -> {
            var page = keys.list(transaction, organization, query);
            var people = people(transaction, organization, page, query.include());
            return new Page(page, keys.count(transaction, organization, query), people);
        });
    }

    Optional<Page> find(Caller caller, CredentialId id, Set<String> include) {
        var organization = caller.organization().id();
        return database.reading(transaction -> keys.find(transaction, organization, id)
                .map(key -> new Page(List.of(key), 1, people(transaction, organization, List.of(key), include))));
    }

    private List<KeyOwner> people(
            Transaction transaction, OrganizationId organization, List<ApiKey> page, Set<String> include) {
        var ids = new LinkedHashSet<PrincipalId>();
        for (var key : page) {
            if (include.contains("created_by")) {
                ids.add(key.credential().creator());
            }
            if (include.contains("modified_by")) {
                ids.add(ApiKeyJson.modifier(key.credential()));
            }
        }
        ids.remove(null);
        return ids.stream()
                .flatMap(id -> owners.find(transaction, organization, id).stream())
                .toList();
    }
}
