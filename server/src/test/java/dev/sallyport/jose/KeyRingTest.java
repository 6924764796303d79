package dev.sallyport.jose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import dev.sallyport.sql.Database;
import dev.sallyport.sql.TestDatabase;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class KeyRingTest {

    private final SecureRandom random = new SecureRandom();
    private final KeyEncryption encryption = new KeyEncryption(new byte[KeyEncryption.KEY_BYTES], random);
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-03-01T12:00:00Z"));
    private final InstantSource clock = now::get;

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void a_new_installation_has_an_active_and_a_next_key(TestDatabase kind) throws Exception {
        try (var database = kind.open()) {
            var ring = open(database);

            assertThat(states(database)).containsExactly("active", "next");
            assertThat(published(ring)).hasSize(2).contains(active(ring));
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void keys_survive_reopening(TestDatabase kind) {
        try (var database = kind.open()) {
            var before = open(database);

            var after = open(database);

            assertThat(active(after)).isEqualTo(active(before));
            assertThat(after.jwks()).isEqualTo(before.jwks());
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void nodes_that_start_at_once_agree_on_the_keys(TestDatabase kind) throws Exception {
        try (var database = kind.open()) {
            Callable<KeyRing> node = () -> open(database);

            var rings = atOnce(List.of(node, node, node));

            assertThat(states(database)).containsExactly("active", "next");
            assertThat(rings).extracting(KeyRingTest::active).containsOnly(active(open(database)));
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void another_key_encryption_key_is_told_clearly(TestDatabase kind) {
        try (var database = kind.open()) {
            open(database);
            var otherKey = new byte[KeyEncryption.KEY_BYTES];
            otherKey[31] = 1;
            var other = new KeyEncryption(otherKey, random);

            assertThatThrownBy(() -> KeyRing.open(database, other, clock, random))
                    .isInstanceOf(SealBroken.class)
                    .hasMessageContaining("Put back the key file");
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void nothing_private_is_published(TestDatabase kind) throws Exception {
        try (var database = kind.open()) {
            var jwks = open(database).jwks();

            assertThat(JWKSet.parse(jwks).getKeys()).isNotEmpty().noneMatch(JWK::isPrivate);
            assertThat(jwks).doesNotContain("\"d\"").contains("\"kty\":\"OKP\"", "\"use\":\"sig\"");
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void a_key_does_not_rotate_before_its_time(TestDatabase kind) {
        try (var database = kind.open()) {
            var ring = open(database);
            pass(KeyRing.SIGNING_TIME.minusSeconds(1));

            assertThat(rotate(database, ring)).isEmpty();
            assertThat(states(database)).containsExactly("active", "next");
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void the_next_key_signs_after_rotation_and_the_old_one_stays_published(TestDatabase kind) throws Exception {
        try (var database = kind.open()) {
            var ring = open(database);
            var old = active(ring);
            var announced = published(ring);
            pass(KeyRing.SIGNING_TIME);

            var rotated = rotate(database, ring);

            assertThat(rotated).isPresent();
            assertThat(active(ring)).isEqualTo(old);
            reload(database, ring);
            assertThat(active(ring)).isEqualTo(rotated.get()).isNotEqualTo(old).isIn(announced);
            assertThat(published(ring)).hasSize(3).contains(old);
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void a_key_that_verifiers_may_not_know_yet_does_not_sign(TestDatabase kind) {
        try (var database = kind.open()) {
            var ring = open(database);
            pass(KeyRing.SIGNING_TIME);
            database.inTransaction(tx -> tx.sql("UPDATE signing_key SET created_at = ? WHERE state = 'next'")
                    .with(now.get().minus(KeyRing.PUBLISHED_BEFORE_USE).plusMillis(1))
                    .update());

            assertThat(rotate(database, ring)).isEmpty();
            pass(Duration.ofMillis(1));
            assertThat(rotate(database, ring)).isPresent();
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void of_nodes_that_rotate_at_once_one_wins(TestDatabase kind) throws Exception {
        try (var database = kind.open()) {
            var ring = open(database);
            var other = open(database);
            pass(KeyRing.SIGNING_TIME);

            var results = atOnce(
                    List.<Callable<Optional<String>>>of(() -> rotate(database, ring), () -> rotate(database, other)));

            assertThat(results.stream().flatMap(Optional::stream)).hasSize(1);
            assertThat(states(database)).containsExactly("active", "next", "retiring");
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void a_retiring_key_leaves_publication_and_loses_its_private_half(TestDatabase kind) throws Exception {
        try (var database = kind.open()) {
            var ring = open(database);
            var old = active(ring);
            pass(KeyRing.SIGNING_TIME);
            rotate(database, ring);

            pass(KeyRing.RETIRING_TIME.minusSeconds(1));
            assertThat(retire(database, ring)).isZero();
            pass(Duration.ofSeconds(1));
            assertThat(retire(database, ring)).isEqualTo(1);

            reload(database, ring);
            assertThat(published(ring)).hasSize(2).doesNotContain(old);
            var sealed = database.reading(tx -> tx.sql("SELECT sealed FROM signing_key WHERE id = ?")
                    .with(old)
                    .map(row -> row.bytes("sealed"))
                    .one());
            assertThat(sealed).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void a_public_key_that_was_written_into_the_database_is_not_published(TestDatabase kind) {
        try (var database = kind.open()) {
            var ring = open(database);
            var before = ring.jwks();
            var planted = SigningKey.generate(Purpose.IDENTITY, random);
            database.inTransaction(tx -> tx.sql("UPDATE signing_key SET public_jwk = ? WHERE state = 'next'")
                    .with(planted.publicJwk())
                    .update());

            assertThatThrownBy(() -> reload(database, ring)).isInstanceOf(SealBroken.class);
            assertThat(ring.jwks()).isEqualTo(before);
        }
    }

    private KeyRing open(Database database) {
        return KeyRing.open(database, encryption, clock, random);
    }

    private void pass(Duration time) {
        now.updateAndGet(instant -> instant.plus(time));
    }

    private static String active(KeyRing ring) {
        return ring.active(Purpose.IDENTITY).id();
    }

    private static List<String> published(KeyRing ring) throws Exception {
        return JWKSet.parse(ring.jwks()).getKeys().stream().map(JWK::getKeyID).toList();
    }

    private static Optional<String> rotate(Database database, KeyRing ring) {
        return database.inTransaction(tx -> ring.rotate(tx, Purpose.IDENTITY));
    }

    private static int retire(Database database, KeyRing ring) {
        return database.inTransaction(ring::retire);
    }

    private static void reload(Database database, KeyRing ring) {
        database.reading(tx -> {
            ring.reload(tx);
            return ring;
        });
    }

    private static List<String> states(Database database) {
        return database.reading(tx -> tx.sql("SELECT state FROM signing_key ORDER BY state")
                .map(row -> row.text("state"))
                .list());
    }

    private static <T> List<T> atOnce(List<Callable<T>> tasks) throws Exception {
        var barrier = new CyclicBarrier(tasks.size());
        try (var threads = Executors.newFixedThreadPool(tasks.size())) {
            var running = tasks.stream()
                    .map(task -> threads.submit(() -> {
                        barrier.await();
                        return task.call();
                    }))
                    .toList();
            var results = new ArrayList<T>();
            for (var task : running) {
                results.add(task.get());
            }
            return results;
        }
    }
}
