package dev.sallyport.authentication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.sallyport.http.AddressRanges;
import dev.sallyport.identity.Credential;
import dev.sallyport.identity.CredentialId;
import dev.sallyport.identity.CredentialKind;
import dev.sallyport.identity.PrincipalId;
import dev.sallyport.permission.Permissions;
import dev.sallyport.secret.Digest;
import dev.sallyport.secret.Pepper;
import dev.sallyport.sql.Micros;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SnapshotFileTest {

    private static final Instant NOON = TestReplica.NOON;
    private static final SnapshotFile.Ending ENDING = new SnapshotFile.Ending(42, "credential of one");

    @TempDir
    private Path folder;

    private final Permissions permissions = Permissions.shipped();
    private final Pepper pepper = TestReplica.PEPPER;
    private final Replica replica = new Replica(permissions);
    private final List<Credential> credentials = new ArrayList<>();
    private SnapshotFile file;

    @BeforeEach
    void fill() throws IOException {
        file = new SnapshotFile(folder.resolve("snapshot"), pepper, permissions);
        var random = new Random(7);
        for (var i = 0; i < 6; i++) {
            put(random, i % 2 == 0 ? null : NOON.plusSeconds(i), false);
        }
        file.write(ENDING, () -> ENDING, replica);
    }

    private void put(Random random, @Nullable Instant end, boolean isRevoked) {
        var bytes = new byte[Pepper.DIGEST_BYTES];
        random.nextBytes(bytes);
        var scopes = permissions.matching(permission -> permission.index() % 7 == random.nextInt(7));
        var facts = new Credential(
                CredentialId.random(), CredentialKind.PERSONAL_ACCESS_TOKEN, "laptop", scopes, end, null);
        var addresses = random.nextBoolean()
                ? AddressRanges.ANYWHERE
                : AddressRanges.ofStored(List.of("10.0.0.0/8", "2001:db8:0:0:0:0:0:0/32"));
        var owner = replica.owner(new PrincipalId(new UUID(0, random.nextInt(3))));
        replica.put(facts, new KnownCredential.Binding(Digest.of(bytes), owner, 3, true, addresses, isRevoked));
        credentials.add(facts);
    }

    @Test
    void another_replica_knows_from_the_file_what_this_one_knew() throws IOException {
        var other = new Replica(permissions);
        // Others stand on its shelves already, so that every number differs.
        other.owner(new PrincipalId(new UUID(9, 9)));
        other.place(permissions.matching(_ -> true));

        var restored = file.read(ENDING::equals, other, 0);

        assertThat(restored).isEqualTo(OptionalLong.of(42));
        for (var facts : credentials) {
            var before = Objects.requireNonNull(replica.credential(facts.id().value()));
            var after = Objects.requireNonNull(other.credential(facts.id().value()));
            assertThat(after.toCredential(facts.scopes())).isEqualTo(facts);
            assertThat(after.scopes()).isEqualTo(facts.scopes());
            assertThat(after.digest().matches(before.digest())).isTrue();
            assertThat(after.owner().id()).isEqualTo(before.owner().id());
            assertThat(after.addresses().toStored())
                    .isEqualTo(before.addresses().toStored());
            assertThat(after.ownerEpoch()).isEqualTo(3);
        }
    }

    @Test
    void what_is_revoked_or_long_ended_is_left_behind() throws IOException {
        put(new Random(1), NOON, true);
        put(new Random(2), NOON.minusSeconds(1), false);
        file.write(ENDING, () -> ENDING, replica);
        var other = new Replica(permissions);

        file.read(ENDING::equals, other, Micros.of(NOON));

        var left = credentials.subList(6, 8);
        assertThat(left).allMatch(facts -> other.credential(facts.id().value()) == null);
        assertThat(credentials.subList(0, 6))
                .allMatch(facts -> other.credential(facts.id().value()) != null);
    }

    @Test
    void what_no_credential_has_any_more_is_left_behind() throws IOException {
        var facts = credentials.getFirst();
        var before = Objects.requireNonNull(replica.credential(facts.id().value()));
        for (var i = 0; i < 100; i++) {
            var ranges = AddressRanges.ofStored(List.of("192.0.2." + i + "/32"));
            var scopes =
                    permissions.authorityOf(List.of(permissions.all().get(i).name()));
            replica.put(
                    new Credential(facts.id(), facts.kind(), facts.name(), scopes, null, null),
                    new KnownCredential.Binding(before.digest(), before.owner(), 3, true, ranges, false));
        }
        file.write(ENDING, () -> ENDING, replica);
        var other = new Replica(permissions);

        file.read(ENDING::equals, other, 0);

        var shared = other.credentials().shared();
        assertThat(shared.addresses().size()).isBetween(1, 6);
        assertThat(shared.scopes().size()).isBetween(1, 6);
        var after = Objects.requireNonNull(other.credential(facts.id().value()));
        assertThat(after.addresses().toStored()).containsExactly("192.0.2.99/32");
    }

    @Test
    void the_same_ranges_stand_once_however_often_they_are_read() {
        var one = replica.place(AddressRanges.ofStored(List.of("192.0.2.0/24", "2001:db8:0:0:0:0:0:0/32")));
        var other = replica.place(AddressRanges.ofStored(List.of("192.0.2.0/24", "2001:db8:0:0:0:0:0:0/32")));
        var shorter = replica.place(AddressRanges.ofStored(List.of("192.0.2.0/25", "2001:db8:0:0:0:0:0:0/32")));

        assertThat(other).isEqualTo(one);
        assertThat(shorter).isNotEqualTo(one);
    }

    @Test
    void rows_that_may_hold_what_this_history_has_lost_are_refused() throws IOException {
        var lost = new SnapshotFile.Ending(43, "credential of another");
        file.write(
                ENDING,
                () -> {
                    put(new Random(1), null, false);
                    return lost;
                },
                replica);
        var other = new Replica(permissions);

        assertThat(file.read(ENDING::equals, other, 0)).isEmpty();

        assertThat(isEmpty(other)).isTrue();
        assertThat(file.read(ending -> ending.equals(ENDING) || ending.equals(lost), other, 0))
                .isEqualTo(OptionalLong.of(42));
    }

    @Test
    void one_that_is_not_wanted_leaves_the_replica_empty() throws IOException {
        var other = new Replica(permissions);

        assertThat(file.read(_ -> false, other, 0)).isEmpty();

        assertThat(isEmpty(other)).isTrue();
    }

    @Test
    void no_altered_byte_and_no_cut_gets_anything_into_a_replica() throws IOException {
        var whole = Files.readAllBytes(folder.resolve("snapshot"));
        for (var at = 0; at < whole.length; at++) {
            var altered = whole.clone();
            altered[at] = (byte) (altered[at] ^ 1 << (at % 8));
            assertRefused(altered, "byte " + at);
            assertRefused(Arrays.copyOf(whole, at), "the first " + at + " bytes");
        }
        assertRefused(Arrays.copyOf(whole, whole.length + 1), "one byte more");
    }

    private void assertRefused(byte[] content, String what) throws IOException {
        Files.write(folder.resolve("snapshot"), content);
        var other = new Replica(permissions);
        try {
            assertThat(file.read(ENDING::equals, other, 0)).as(what).isEmpty();
        } catch (IOException | RuntimeException e) {
            // Whoever restores reads the database then.
        }
        assertThat(isEmpty(other)).as(what).isTrue();
    }

    @Test
    void a_file_of_another_installation_is_refused() throws IOException {
        var foreign = new SnapshotFile(folder.resolve("snapshot"), new Pepper(random32()), permissions);
        var other = new Replica(permissions);

        assertThatCode(() -> foreign.read(ENDING::equals, other, 0)).isInstanceOf(IOException.class);

        assertThat(isEmpty(other)).isTrue();
    }

    private static byte[] random32() {
        var bytes = new byte[Pepper.KEY_BYTES];
        new Random(3).nextBytes(bytes);
        return bytes;
    }

    private static boolean isEmpty(Replica replica) {
        var rows = new ArrayList<byte[]>();
        replica.credentials().forEach(rows::add);
        return rows.isEmpty();
    }
}
