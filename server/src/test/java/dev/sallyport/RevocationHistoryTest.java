package dev.sallyport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.audit.Actor;
import dev.sallyport.authentication.Authentication;
import dev.sallyport.authentication.Authenticator;
import dev.sallyport.credential.CredentialFilter;
import dev.sallyport.credential.Lineage;
import dev.sallyport.directory.Directory;
import dev.sallyport.feed.Change;
import dev.sallyport.feed.Outcome;
import dev.sallyport.http.TestExchange;
import dev.sallyport.permission.Permission;
import dev.sallyport.secret.TokenText;
import dev.sallyport.sql.Micros;
import dev.sallyport.sql.TestDatabase;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Ten thousand revocations by filter, under a million verifications, against a history of all of them. */
class RevocationHistoryTest {

    private static final int ACTS = 5;
    private static final int ENDED_BY_EACH = 2_000;
    private static final int KEPT = 10_000;
    private static final int THREADS = 2;
    private static final int VERIFIES_BY_EACH = 500_000;
    private static final int VERIFIES_AFTERWARDS = 50_000;
    private static final SecureRandom RANDOM = new SecureRandom();

    /** What one thread saw, by the monotonic clock. */
    private static final class Uses {
        private int count;
        private int[] tokens = new int[VERIFIES_BY_EACH];
        private long[] began = new long[VERIFIES_BY_EACH];
        private long[] ended = new long[VERIFIES_BY_EACH];
        private final BitSet allowed = new BitSet();

        void add(int token, long beganNanos, long endedNanos, boolean isAllowed) {
            if (count == tokens.length) {
                tokens = Arrays.copyOf(tokens, 2 * count);
                began = Arrays.copyOf(began, 2 * count);
                ended = Arrays.copyOf(ended, 2 * count);
            }
            tokens[count] = token;
            began[count] = beganNanos;
            ended[count] = endedNanos;
            allowed.set(count, isAllowed);
            count++;
        }
    }

    /** When a batch of tokens was ended. */
    private record Act(long begun, long acknowledged) {
        long took() {
            return acknowledged - begun;
        }
    }

    /**
     * What must not be.
     *
     * @param late allowed, though begun after the acknowledgement
     * @param revived allowed, though begun after a refusal of the same token had been heard
     * @param early refused before its act had begun, or never meant to be
     */
    private record Verdict(long late, long revived, long early, long allowed, long refused) {}

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void no_verification_that_begins_after_an_acknowledged_revocation_is_allowed(TestDatabase kind) throws Exception {
        var seed = System.nanoTime();
        try (var authority = TestAuthority.on(kind)) {
            var admin = authority.founds("Acme");
            var tokens = tokens(authority, admin);

            var history = run(authority, admin, tokens, seed);

            var verdict = judge(history);
            var took = history.acts().stream().mapToLong(Act::took).sum() / 1_000_000;
            System.err.printf("%s, seed %d: %s, revoked in %d ms%n", kind, seed, verdict, took);
            assertThat(verdict.late()).as("seed " + seed).isZero();
            assertThat(verdict.revived()).as("seed " + seed).isZero();
            assertThat(verdict.early()).as("seed " + seed).isZero();
            assertThat(verdict.allowed() + verdict.refused()).isGreaterThanOrEqualTo(THREADS * VERIFIES_BY_EACH);
            assertThat(verdict.refused()).isGreaterThan(THREADS * VERIFIES_AFTERWARDS / 4);
        }
    }

    /** The batches one after the other, then those that are kept; all of them known at once, as a start would load them. */
    private static List<String> tokens(TestAuthority authority, TestPerson admin) {
        var organization = admin.organization().id();
        return authority.installation.feed.change(transaction -> {
            var texts = new ArrayList<String>();
            var rows = new ArrayList<@Nullable Object[]>();
            for (var i = 0; i < ACTS * ENDED_BY_EACH + KEPT; i++) {
                var batch = i / ENDED_BY_EACH;
                var id = UUID.randomUUID();
                var secret = TokenText.mint("ddpat", id, RANDOM);
                texts.add(secret.reveal());
                var digest = TokenText.digest(authority.installation.keys.pepper(), secret);
                rows.add(row(authority, admin, id, batch < ACTS ? "batch " + batch : "kept", digest));
            }
            transaction.sql("""
                            INSERT INTO credential (id, organization_id, owner_id, kind, name, name_folded, scopes, digest,
                                pepper_version, owner_epoch, created_at, expires_at)
                            VALUES (?, ?, ?, 'personal_access_token', ?, ?, 'monitors_read', ?, 1, ?, ?, ?)
                            """).updateEach(rows);
            return Outcome.changed(
                    new Change(Directory.ORGANIZATION, organization.value(), organization.toString()), texts);
        });
    }

    private static @Nullable Object[] row(
            TestAuthority authority, TestPerson admin, UUID id, String name, byte[] digest) {
        var owner = admin.principal();
        return new Object[] {
            id,
            owner.organization().value(),
            owner.id().value(),
            name,
            name,
            digest,
            owner.epoch(),
            authority.now(),
            authority.now().plus(Duration.ofDays(30))
        };
    }

    private record History(List<Uses> uses, List<Act> acts) {}

    private static History run(TestAuthority authority, TestPerson admin, List<String> tokens, long seed)
            throws InterruptedException, ExecutionException, TimeoutException {
        var steps = new ArrayList<CountDownLatch>();
        for (var i = 0; i < ACTS; i++) {
            steps.add(new CountDownLatch(THREADS));
        }
        var isOver = new AtomicBoolean();
        try (var threads = Executors.newFixedThreadPool(THREADS)) {
            var users = new ArrayList<Future<Uses>>();
            for (var i = 0; i < THREADS; i++) {
                var random = new Random(seed + i);
                users.add(threads.submit(() -> uses(authority, tokens, random, steps, isOver)));
            }
            var acts = new ArrayList<Act>();
            try {
                for (var i = 0; i < ACTS; i++) {
                    if (!steps.get(i).await(60, TimeUnit.SECONDS)) {
                        throw new TimeoutException("step " + i);
                    }
                    acts.add(revoke(authority, admin, i));
                }
            } finally {
                isOver.set(true);
            }
            var uses = new ArrayList<Uses>();
            for (var user : users) {
                uses.add(user.get(60, TimeUnit.SECONDS));
            }
            return new History(uses, acts);
        }
    }

    private static Act revoke(TestAuthority authority, TestPerson admin, int batch) {
        var organization = admin.organization().id();
        var begun = System.nanoTime();
        var revoked = authority.installation.inventory.revoke(
                Actor.operator(organization), organization, named("batch " + batch), Lineage.ALONE, "test");
        var acknowledged = System.nanoTime();
        assertThat(revoked.count()).isEqualTo(ENDED_BY_EACH);
        return new Act(begun, acknowledged);
    }

    private static CredentialFilter named(String name) {
        var all = CredentialFilter.ALL;
        return new CredentialFilter(all.kinds(), null, null, null, null, name, null, null, null, false, null, false);
    }

    /** One part before each act, one after the last, and as many more as the acts take time for. */
    private static Uses uses(
            TestAuthority authority,
            List<String> tokens,
            Random random,
            List<CountDownLatch> steps,
            AtomicBoolean isOver) {
        var installation = authority.installation;
        var authenticator =
                new Authenticator(installation.replica, installation.permissions, installation.keys.pepper(), "dd");
        var wanted = installation.permissions.require("monitors_read");
        var now = Micros.of(authority.now());
        var uses = new Uses();
        var afterwards = 0;
        while (afterwards < VERIFIES_AFTERWARDS || uses.count < VERIFIES_BY_EACH) {
            afterwards = isOver.get() ? afterwards + 1 : 0;
            var token = random.nextInt(tokens.size());
            var began = System.nanoTime();
            var isAllowed = isAllowed(authenticator, tokens.get(token), wanted, now);
            uses.add(token, began, System.nanoTime(), isAllowed);
            var step = uses.count / (VERIFIES_BY_EACH / (ACTS + 1));
            if (step > 0 && step <= ACTS && uses.count % (VERIFIES_BY_EACH / (ACTS + 1)) == 0) {
                steps.get(step - 1).countDown();
            }
        }
        return uses;
    }

    private static boolean isAllowed(Authenticator authenticator, String token, Permission wanted, long now) {
        var exchange = new TestExchange().with("Authorization", "Bearer " + token);
        return authenticator.authenticate(exchange, "", now) instanceof Authentication.Accepted accepted
                && accepted.caller().authority().holds(wanted);
    }

    private static Verdict judge(History history) {
        var refusedAt = new long[ACTS * ENDED_BY_EACH + KEPT];
        Arrays.fill(refusedAt, Long.MAX_VALUE);
        for (var uses : history.uses()) {
            for (var i = 0; i < uses.count; i++) {
                if (!uses.allowed.get(i)) {
                    refusedAt[uses.tokens[i]] = Math.min(refusedAt[uses.tokens[i]], uses.ended[i]);
                }
            }
        }
        var late = 0L;
        var revived = 0L;
        var early = 0L;
        var allowed = 0L;
        var refused = 0L;
        for (var uses : history.uses()) {
            for (var i = 0; i < uses.count; i++) {
                var batch = uses.tokens[i] / ENDED_BY_EACH;
                if (uses.allowed.get(i)) {
                    allowed++;
                    late += batch < ACTS
                                    && uses.began[i] > history.acts().get(batch).acknowledged()
                            ? 1
                            : 0;
                    revived += uses.began[i] > refusedAt[uses.tokens[i]] ? 1 : 0;
                } else {
                    refused++;
                    early += batch >= ACTS
                                    || uses.ended[i] < history.acts().get(batch).begun()
                            ? 1
                            : 0;
                }
            }
        }
        return new Verdict(late, revived, early, allowed, refused);
    }
}
