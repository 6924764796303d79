package dev.sallyport.rule;

import dev.sallyport.credential.StoredCredential;
import dev.sallyport.feed.Feed;
import dev.sallyport.feed.Outcome;
import dev.sallyport.identity.OrganizationId;
import dev.sallyport.sql.Database;
import dev.sallyport.sql.Transaction;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BiPredicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends what was not used for as long as its organization allows. Of several nodes that look at once, one ends each. */
final class UnusedSweep implements AutoCloseable {

    private static final int MOST_PORTIONS = 50;

    /** A look reads every credential of an organization, and the rule counts in days. */
    private static final Duration BETWEEN_LOOKS = Duration.ofMinutes(10);

    private static final Logger LOG = LoggerFactory.getLogger(UnusedSweep.class);

    private record Look(int revision, Instant at) {}

    private final Database database;
    private final Feed feed;
    private final RuleStore store;
    private final Endings endings;
    private final InstantSource clock;
    private final Map<OrganizationId, Look> looks = new HashMap<>();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("unused-sweep").daemon().factory());

    UnusedSweep(Database database, Feed feed, RuleStore store, Endings endings, InstantSource clock) {
        this.database = database;
        this.feed = feed;
        this.store = store;
        this.endings = endings;
        this.clock = clock;
    }

    void start() {
        var _ = timer.scheduleWithFixedDelay(this::look, 1, 1, TimeUnit.MINUTES);
    }

    private void look() {
        try {
            var now = clock.instant();
            sweep(now, (organization, revision) -> isDue(organization, revision, now));
        } catch (RuntimeException e) {
            // The next look tries again; until then what is unused lives on.
            LOG.warn("Unused credentials could not be ended: {}", e.getMessage());
        }
    }

    /** Every minute where the rules are new, seldom where they are known. */
    private boolean isDue(OrganizationId organization, int revision, Instant now) {
        var last = looks.get(organization);
        if (last != null
                && last.revision() == revision
                && now.isBefore(last.at().plus(BETWEEN_LOOKS))) {
            return false;
        }
        looks.put(organization, new Look(revision, now));
        return true;
    }

    /** Ends all that is unused at that moment; how many that were. */
    int sweep(Instant now) {
        return sweep(now, (_, _) -> true);
    }

    private int sweep(Instant now, BiPredicate<OrganizationId, Integer> isDue) {
        var bound = new LinkedHashMap<OrganizationId, Integer>();
        database.reading(transaction -> {
            store.each(transaction, (organization, stored) -> {
                if (hasUnusedRule(stored.rules())) {
                    bound.put(organization, stored.revision());
                }
            });
            return bound.size();
        });
        var ended = 0;
        for (var entry : bound.entrySet()) {
            if (isDue.test(entry.getKey(), entry.getValue())) {
                ended += sweep(entry.getKey(), now.truncatedTo(ChronoUnit.MICROS));
            }
        }
        return ended;
    }

    private static boolean hasUnusedRule(CredentialRules rules) {
        return CredentialRules.KINDS.stream().anyMatch(kind -> rules.of(kind).unusedDays() != null);
    }

    private int sweep(OrganizationId organization, Instant now) {
        var ended = 0;
        for (var portion = 0; portion < MOST_PORTIONS; portion++) {
            var endedNow = feed.change(transaction -> sweepPortion(transaction, organization, now));
            ended += endedNow;
            if (endedNow == 0) {
                break;
            }
        }
        return ended;
    }

    private Outcome<Integer> sweepPortion(Transaction transaction, OrganizationId organization, Instant now) {
        // Held, so that whoever has loosened the rule is not contradicted afterwards.
        var rules = store.hold(transaction, organization, now).rules();
        var unused = new HashMap<Instant, List<StoredCredential>>();
        for (var kind : CredentialRules.KINDS) {
            rules.of(kind)
                    .unusedBefore(now)
                    .ifPresent(before -> unused.computeIfAbsent(before, _ -> new ArrayList<>())
                            .addAll(store.unused(transaction, organization, kind, before, now, Endings.PORTION)));
        }
        return endings.endUnused(transaction, organization, unused, now);
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
