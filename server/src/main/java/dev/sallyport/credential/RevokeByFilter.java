package dev.sallyport.credential;

import dev.sallyport.audit.Actor;
import dev.sallyport.identity.Caller;
import dev.sallyport.identity.CredentialId;
import dev.sallyport.identity.CredentialKind;
import dev.sallyport.identity.PrincipalId;
import dev.sallyport.sql.Database;
import dev.sallyport.sql.Transaction;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Says what a filter finds, and ends it if that is wanted and still what was expected. */
final class RevokeByFilter {

    /** In one call; whoever has more calls again. */
    static final int MOST = 10_000;

    /**
     * @param isRehearsal whether nothing is to be done
     * @param expected how many a rehearsal found; null where nobody looked
     * @param includesOwn whether the credential of the request may end as well
     * @param why for the trail
     */
    record Request(
            CredentialFilter filter,
            Lineage lineage,
            boolean isRehearsal,
            @Nullable Integer expected,
            boolean includesOwn,
            String why) {}

    sealed interface Result {
        record Rehearsed(Summary summary) implements Result {}

        record Done(Summary summary) implements Result {}

        /** Somebody created, ended or changed some since. */
        record NotAsExpected(int found) implements Result {}

        record OutOfReach() implements Result {}
    }

    /**
     * @param isComplete whether the filter finds no more than this
     * @param revocations empty for a rehearsal
     */
    record Summary(
            Map<CredentialKind, Integer> byKind,
            List<StoredCredential> sample,
            Map<PrincipalId, CredentialOwner> owners,
            boolean isComplete,
            List<UUID> revocations) {
        int count() {
            return byKind.values().stream().mapToInt(Integer::intValue).sum();
        }
    }

    private record Plan(List<StoredCredential> roots, List<StoredCredential> all, boolean isComplete) {}

    private final Database database;
    private final InventoryStore credentials;
    private final RevokeCredentials revokeCredentials;
    private final KindReach reach;
    private final InstantSource clock;

    RevokeByFilter(
            Database database,
            InventoryStore credentials,
            RevokeCredentials revokeCredentials,
            KindReach reach,
            InstantSource clock) {
        this.database = database;
        this.credentials = credentials;
        this.revokeCredentials = revokeCredentials;
        this.reach = reach;
        this.clock = clock;
    }

    Result revoke(Caller caller, Request request) {
        var kinds = reach.endedBy(caller);
        if (kinds.isEmpty() || !kinds.containsAll(request.filter().kinds())) {
            return new Result.OutOfReach();
        }
        var own = caller.credential().id();
        var terms = new RevokeCredentials.Terms(
                caller.organization().id(),
                request.lineage(),
                kinds,
                request.includesOwn() ? null : own,
                request.why());
        var filter = request.filter().kinds().isEmpty() ? request.filter().ofKinds(kinds) : request.filter();
        var plan = database.reading(transaction -> plan(transaction, terms, filter));
        if (request.expected() != null && request.expected() != plan.all().size()) {
            return new Result.NotAsExpected(plan.all().size());
        }
        if (request.isRehearsal()) {
            return new Result.Rehearsed(summary(
                    terms,
                    Revoked.counted(plan.all()),
                    plan.all().stream().limit(Revoked.SAMPLE).toList(),
                    plan.isComplete(),
                    List.of()));
        }
        var revoked = revokeCredentials.end(Actor.of(caller), terms, ownLast(plan.roots(), own));
        return new Result.Done(
                summary(terms, revoked.byKind(), revoked.sample(), plan.isComplete(), revoked.revocations()));
    }

    /** If this is interrupted, the caller can still call again. */
    private static List<StoredCredential> ownLast(List<StoredCredential> roots, CredentialId own) {
        return roots.stream()
                .sorted(Comparator.comparing(root -> root.id().equals(own)))
                .toList();
    }

    private Plan plan(Transaction transaction, RevokeCredentials.Terms terms, CredentialFilter filter) {
        var found = credentials.list(
                transaction, terms.organization(), filter, InventoryStore.START, MOST + 2, clock.instant());
        var roots = found.stream()
                .filter(root -> !root.id().equals(terms.spared()))
                .limit(MOST)
                .toList();
        var isComplete = found.size() <= MOST;
        var all = new LinkedHashMap<CredentialId, StoredCredential>();
        roots.forEach(root -> all.put(root.id(), root));
        if (terms.lineage() == Lineage.WITH_DESCENDANTS) {
            descendants(transaction, terms, roots).forEach(descendant -> all.putIfAbsent(descendant.id(), descendant));
        }
        return new Plan(roots, List.copyOf(all.values()), isComplete);
    }

    private List<StoredCredential> descendants(
            Transaction transaction, RevokeCredentials.Terms terms, List<StoredCredential> roots) {
        var ids = roots.stream().map(StoredCredential::id).toList();
        var descendants = new ArrayList<StoredCredential>();
        for (var from = 0; from < ids.size(); from += RevokeCredentials.PORTION) {
            descendants.addAll(credentials.descendants(
                    transaction,
                    terms.organization(),
                    ids.subList(from, Math.min(from + RevokeCredentials.PORTION, ids.size())),
                    terms.kinds(),
                    terms.spared(),
                    MOST,
                    clock.instant()));
        }
        return descendants;
    }

    private Summary summary(
            RevokeCredentials.Terms terms,
            Map<CredentialKind, Integer> byKind,
            List<StoredCredential> sample,
            boolean isComplete,
            List<UUID> revocations) {
        var owners = database.reading(transaction -> credentials.owners(transaction, terms.organization(), sample));
        return new Summary(Map.copyOf(byKind), sample, owners, isComplete, revocations);
    }
}
