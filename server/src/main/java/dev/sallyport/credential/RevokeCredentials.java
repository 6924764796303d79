package dev.sallyport.credential;

import dev.sallyport.audit.Actor;
import dev.sallyport.audit.Asset;
import dev.sallyport.audit.AuditAction;
import dev.sallyport.audit.ChangeTrail;
import dev.sallyport.feed.Change;
import dev.sallyport.feed.Feed;
import dev.sallyport.feed.Outcome;
import dev.sallyport.identity.CredentialId;
import dev.sallyport.identity.CredentialKind;
import dev.sallyport.identity.OrganizationId;
import dev.sallyport.sql.Database;
import dev.sallyport.sql.Transaction;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Ends many credentials for good, in portions that are each acknowledged.
 *
 * <p>A credential ends in the transaction in which its last live descendant does, and not before. So whatever interrupts this,
 * the same order given again finds what is left, and a descendant that is minted meanwhile is found as well.
 */
final class RevokeCredentials {

    /** In one transaction, which must not last longer than two seconds. */
    static final int PORTION = 1_000;

    /**
     * @param kinds those that may be ended at all, also as descendants; empty for every kind
     * @param spared never ended
     * @param why for the trail
     */
    record Terms(
            OrganizationId organization,
            Lineage lineage,
            Set<CredentialKind> kinds,
            @Nullable CredentialId spared,
            String why) {
        Terms {
            kinds = Set.copyOf(kinds);
        }
    }

    private final Database database;
    private final Feed feed;
    private final InventoryStore credentials;
    private final ChangeTrail trail;
    private final InstantSource clock;

    RevokeCredentials(
            Database database, Feed feed, InventoryStore credentials, ChangeTrail trail, InstantSource clock) {
        this.database = database;
        this.feed = feed;
        this.credentials = credentials;
        this.trail = trail;
        this.clock = clock;
    }

    /** Everything that the filter finds, until it finds nothing more. */
    Revoked revoke(Actor actor, Terms terms, CredentialFilter filter) {
        var tally = new Tally();
        var place = InventoryStore.START;
        List<StoredCredential> found;
        do {
            var after = place;
            found = database.reading(transaction ->
                    credentials.list(transaction, terms.organization(), filter, after, PORTION, clock.instant()));
            if (!found.isEmpty()) {
                place = InventoryStore.Place.of(found.getLast());
                end(actor, terms, found, tally);
            }
        } while (found.size() == PORTION);
        return tally.revoked();
    }

    /** Those of the named that are live. */
    Revoked revoke(Actor actor, Terms terms, Collection<CredentialId> ids) {
        var tally = new Tally();
        var all = List.copyOf(ids);
        for (var from = 0; from < all.size(); from += PORTION) {
            var portion = all.subList(from, Math.min(from + PORTION, all.size()));
            end(
                    actor,
                    terms,
                    database.reading(transaction ->
                            credentials.named(transaction, terms.organization(), portion, clock.instant())),
                    tally);
        }
        return tally.revoked();
    }

    /** Those, as they were found. */
    Revoked end(Actor actor, Terms terms, List<StoredCredential> found) {
        var tally = new Tally();
        for (var from = 0; from < found.size(); from += PORTION) {
            end(actor, terms, found.subList(from, Math.min(from + PORTION, found.size())), tally);
        }
        return tally.revoked();
    }

    private void end(Actor actor, Terms terms, List<StoredCredential> found, Tally tally) {
        var roots = found.stream()
                .filter(root -> terms.kinds().isEmpty() || terms.kinds().contains(root.kind()))
                .filter(root -> !root.id().equals(terms.spared()))
                .toList();
        if (roots.isEmpty()) {
            return;
        }
        var ids = roots.stream().map(StoredCredential::id).toList();
        // Most of what they minted ends first, so that the transaction which ends them has little else to do.
        var descendants = descendants(terms, ids);
        while (!descendants.isEmpty()) {
            var portion = descendants;
            tally.add(feed.change(transaction -> {
                credentials.hold(transaction, terms.organization());
                return ended(transaction, actor, terms, UUID.randomUUID(), portion);
            }));
            descendants = portion.size() < PORTION ? List.of() : descendants(terms, ids);
        }
        tally.add(feed.change(transaction -> {
            credentials.hold(transaction, terms.organization());
            return endWhole(transaction, actor, terms, roots, ids);
        }));
    }

    private List<StoredCredential> descendants(Terms terms, List<CredentialId> ids) {
        return terms.lineage() == Lineage.ALONE
                ? List.of()
                : database.reading(transaction -> descendants(transaction, terms, ids));
    }

    private List<StoredCredential> descendants(Transaction transaction, Terms terms, List<CredentialId> ids) {
        return credentials.descendants(
                transaction, terms.organization(), ids, terms.kinds(), terms.spared(), PORTION, clock.instant());
    }

    private Outcome<Portion> endWhole(
            Transaction transaction, Actor actor, Terms terms, List<StoredCredential> roots, List<CredentialId> ids) {
        var revocation = UUID.randomUUID();
        var now = clock.instant();
        var ended = new ArrayList<>(credentials.end(transaction, roots, revocation, now));
        if (terms.lineage() == Lineage.WITH_DESCENDANTS) {
            // Ending one waits for the transaction in which it mints another, and only then is that one seen.
            var born = descendants(transaction, terms, ids);
            while (!born.isEmpty()) {
                ended.addAll(credentials.end(transaction, born, revocation, now));
                born = descendants(transaction, terms, ids);
            }
        }
        return recorded(transaction, actor, terms, new Portion(revocation, ended), now);
    }

    private Outcome<Portion> ended(
            Transaction transaction, Actor actor, Terms terms, UUID revocation, List<StoredCredential> portion) {
        var now = clock.instant();
        var ended = credentials.end(transaction, portion, revocation, now);
        return recorded(transaction, actor, terms, new Portion(revocation, ended), now);
    }

    private record Portion(UUID revocation, List<StoredCredential> ended) {}

    private Outcome<Portion> recorded(Transaction transaction, Actor actor, Terms terms, Portion portion, Instant now) {
        trail.record(
                transaction,
                actor,
                AuditAction.CREDENTIAL_REVOKED,
                portion.ended().stream()
                        .map(credential -> new ChangeTrail.Item(
                                new Asset(credential.id().toString(), credential.name()),
                                details(credential, terms.why(), portion.revocation())))
                        .toList(),
                now);
        // Also where all of them had been ended before: the answer promises that this node has seen it.
        return Outcome.changed(
                new Change(
                        Credentials.REVOCATION,
                        terms.organization().value(),
                        portion.revocation().toString()),
                portion);
    }

    static Map<String, String> details(StoredCredential credential, String why, @Nullable UUID revocation) {
        var details = new TreeMap<String, String>();
        details.put("kind", credential.kind().code());
        if (credential.owner() != null) {
            details.put("owner", credential.owner().toString());
        }
        details.put("why", why);
        if (revocation != null) {
            details.put("revocation", revocation.toString());
        }
        return details;
    }

    private static final class Tally {
        private final Map<CredentialKind, Integer> byKind = new EnumMap<>(CredentialKind.class);
        private final List<StoredCredential> sample = new ArrayList<>();
        private final List<UUID> revocations = new ArrayList<>();

        void add(Portion portion) {
            if (portion.ended().isEmpty()) {
                return;
            }
            Revoked.counted(portion.ended()).forEach((kind, count) -> byKind.merge(kind, count, Integer::sum));
            portion.ended().stream().limit(Revoked.SAMPLE - sample.size()).forEach(sample::add);
            revocations.add(portion.revocation());
        }

        Revoked revoked() {
            return new Revoked(byKind, sample, revocations);
        }
    }
}
