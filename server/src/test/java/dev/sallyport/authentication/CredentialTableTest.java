package dev.sallyport.authentication;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.identity.Credential;
import dev.sallyport.identity.CredentialId;
import dev.sallyport.identity.CredentialKind;
import dev.sallyport.permission.Authority;
import dev.sallyport.secret.Digest;
import dev.sallyport.secret.Pepper;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class CredentialTableTest {

    private static final Digest DIGEST = Digest.of(new byte[Pepper.DIGEST_BYTES]);

    private static byte[] credential(UUID id, boolean isRevoked) {
        var facts = new Credential(
                new CredentialId(id), CredentialKind.PERSONAL_ACCESS_TOKEN, "", Authority.NONE, Instant.EPOCH, null);
        return CredentialRow.of(facts, DIGEST, 0, isRevoked, new CredentialRow.Places(0, 0, 0));
    }

    private static boolean holds(CredentialTable table, UUID id) {
        return table.find(id.getMostSignificantBits(), id.getLeastSignificantBits()) != null;
    }

    @Test
    void what_was_put_is_found_and_nothing_else() {
        var seed = System.nanoTime();
        var random = new Random(seed);
        var table = new CredentialTable(CredentialRow.ID);
        var model = new HashMap<UUID, Boolean>();

        for (var i = 0; i < 20_000; i++) {
            // Few bits, so that ids repeat and neighbours collide.
            var id = new UUID(random.nextInt(100), random.nextInt(100));
            var isRevoked = random.nextBoolean();
            table.put(credential(id, isRevoked));
            model.put(id, isRevoked);
        }

        assertThat(table.size()).as("seed " + seed).isEqualTo(model.size());
        for (var high = 0; high < 101; high++) {
            for (var low = 0; low < 101; low++) {
                var found = table.find(high, low);
                var expected = model.get(new UUID(high, low));
                assertThat(found == null ? null : Boolean.valueOf(CredentialRow.isRevoked(found)))
                        .as("seed " + seed)
                        .isEqualTo(expected);
            }
        }
    }

    @Test
    void readers_find_every_inserted_id_while_the_table_grows() throws Exception {
        var ids = new ArrayList<UUID>();
        for (var i = 0; i < 200_000; i++) {
            ids.add(UUID.randomUUID());
        }
        var progress = new Progress();

        try (var threads = Executors.newFixedThreadPool(3)) {
            var readers = new ArrayList<Future<Long>>();
            for (var i = 0; i < 3; i++) {
                readers.add(threads.submit(reading(progress, ids)));
            }
            assertThat(progress.ready.await(10, TimeUnit.SECONDS)).isTrue();
            for (var i = 0; i < ids.size(); i++) {
                progress.table.put(credential(ids.get(i), false));
                progress.inserted = i + 1;
            }
            var lookups = 0L;
            for (var reader : readers) {
                lookups += reader.get(30, TimeUnit.SECONDS);
            }

            assertThat(lookups).isGreaterThan(1_000);
            assertThat(ids).allMatch(id -> holds(progress.table, id));
        }
    }

    private static final class Progress {
        final CredentialTable table = new CredentialTable(CredentialRow.ID);
        final CountDownLatch ready = new CountDownLatch(3);
        volatile int inserted;
    }

    /** Looks up ids that were inserted before it looked; the number of look-ups. */
    private static Callable<Long> reading(Progress progress, List<UUID> ids) {
        return () -> {
            var seed = System.nanoTime();
            var random = new Random(seed);
            var lookups = 0L;
            progress.ready.countDown();
            while (progress.inserted < ids.size()) {
                var inserted = progress.inserted;
                if (inserted > 0) {
                    // Those that came last stand where the table is being changed.
                    var from = Math.max(0, inserted - 1 - random.nextInt(64));
                    var index = random.nextBoolean() ? from : random.nextInt(inserted);
                    if (!holds(progress.table, ids.get(index))) {
                        throw new AssertionError("id " + index + " of " + inserted + " is lost, seed " + seed);
                    }
                    lookups++;
                }
            }
            return lookups;
        };
    }

    @Test
    void readers_see_a_revocation_once_it_was_put_and_ever_after() throws Exception {
        var table = new CredentialTable(CredentialRow.ID);
        var id = UUID.randomUUID();
        table.put(credential(id, false));
        var started = new CountDownLatch(1);

        try (var threads = Executors.newSingleThreadExecutor()) {
            var reader = threads.submit(() -> {
                started.countDown();
                while (!isRevoked(table, id)) {
                    Thread.onSpinWait();
                }
                for (var i = 0; i < 100_000; i++) {
                    if (!isRevoked(table, id)) {
                        return false;
                    }
                }
                return true;
            });
            assertThat(started.await(10, TimeUnit.SECONDS)).isTrue();
            table.put(credential(id, true));
            for (var i = 0; i < 50_000; i++) {
                table.put(credential(UUID.randomUUID(), false));
            }

            assertThat(reader.get(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    private static boolean isRevoked(CredentialTable table, UUID id) {
        return CredentialRow.isRevoked(
                Objects.requireNonNull(table.find(id.getMostSignificantBits(), id.getLeastSignificantBits())));
    }
}
