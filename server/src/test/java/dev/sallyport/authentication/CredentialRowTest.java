package dev.sallyport.authentication;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.http.AddressRanges;
import dev.sallyport.identity.Credential;
import dev.sallyport.identity.CredentialId;
import dev.sallyport.identity.CredentialKind;
import dev.sallyport.identity.PrincipalId;
import dev.sallyport.permission.Authority;
import dev.sallyport.permission.Permissions;
import dev.sallyport.secret.Digest;
import dev.sallyport.secret.Pepper;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CredentialRowTest {

    private static final List<CredentialKind> KINDS = List.of(CredentialKind.values());

    private final Permissions permissions = Permissions.shipped();
    private final Replica replica = new Replica(permissions);

    @Test
    void whatever_was_put_is_read_again_in_every_combination_of_its_parts() {
        var seed = System.nanoTime();
        var random = new Random(seed);

        for (var trial = 0; trial < 2_000; trial++) {
            var scopes = random.nextBoolean() ? authority(random) : null;
            var facts = facts(random, scopes == null ? Authority.NONE : scopes);
            var digest = digest(random);
            var epoch = random.nextInt();
            var isRevoked = random.nextBoolean();
            var owner = replica.owner(new PrincipalId(new UUID(0, random.nextInt(200))));
            var binding = new KnownCredential.Binding(
                    digest, owner, epoch, scopes != null, AddressRanges.ANYWHERE, isRevoked);

            replica.put(facts, binding);

            var known = Objects.requireNonNull(replica.credential(facts.id().value()));
            var carried = scopes == null ? Authority.NONE : scopes;
            assertThat(known.toCredential(carried)).as("seed " + seed).isEqualTo(facts);
            assertThat(known.scopes()).isEqualTo(scopes);
            assertThat(known.owner()).isSameAs(owner);
            assertThat(known.digest().matches(digest)).isTrue();
            assertThat(known.ownerEpoch()).isEqualTo(epoch);
            assertThat(known.isRevoked()).isEqualTo(isRevoked);
        }
    }

    @Test
    void only_keys_are_found_by_their_digest() {
        var random = new Random(1);
        for (var kind : KINDS) {
            var digest = digest(random);
            var facts = new Credential(CredentialId.random(), kind, "", Authority.NONE, null, null);
            replica.put(facts, bound(digest, false));

            var found = replica.key(digest);

            var isKey = kind == CredentialKind.API_KEY || kind == CredentialKind.APPLICATION_KEY;
            assertThat(found != null).as(kind.code()).isEqualTo(isKey);
        }
    }

    @Test
    void a_revoked_key_is_revoked_by_its_digest_too() {
        var digest = digest(new Random(1));
        var facts = new Credential(CredentialId.random(), CredentialKind.API_KEY, "agent", Authority.NONE, null, null);
        replica.put(facts, bound(digest, false));

        replica.put(facts, bound(digest, true));

        assertThat(Objects.requireNonNull(replica.key(digest)).isRevoked()).isTrue();
    }

    @Test
    void two_looks_are_equal_until_something_changes() {
        var facts = facts(new Random(1), Authority.NONE);
        var digest = digest(new Random(2));
        replica.put(facts, bound(digest, false));
        var id = facts.id().value();
        var before = replica.credential(id);

        var unchanged = replica.credential(id);
        replica.put(facts, bound(digest, false));
        var changed = replica.credential(id);

        assertThat(unchanged).isEqualTo(before).hasSameHashCodeAs(before);
        assertThat(changed).isNotEqualTo(before).hasSameHashCodeAs(before);
    }

    private KnownCredential.Binding bound(Digest digest, boolean isRevoked) {
        var owner = replica.owner(new PrincipalId(new UUID(0, 1)));
        return new KnownCredential.Binding(digest, owner, 0, false, AddressRanges.ANYWHERE, isRevoked);
    }

    private static Digest digest(Random random) {
        var bytes = new byte[Pepper.DIGEST_BYTES];
        random.nextBytes(bytes);
        return Digest.of(bytes);
    }

    private Authority authority(Random random) {
        return permissions.matching(permission -> permission.index() % 5 == random.nextInt(5));
    }

    private static Credential facts(Random random, Authority scopes) {
        var name = random.ints(random.nextInt(40), 1, Character.MAX_CODE_POINT)
                .filter(point -> Character.getType(point) != Character.SURROGATE)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        return new Credential(
                CredentialId.random(),
                KINDS.get(random.nextInt(KINDS.size())),
                name,
                scopes,
                random.nextBoolean() ? someTime(random) : null,
                random.nextBoolean() ? CredentialId.random() : null);
    }

    private static @Nullable Instant someTime(Random random) {
        return Instant.ofEpochSecond(random.nextInt(), random.nextInt(1_000_000) * 1_000L)
                .truncatedTo(ChronoUnit.MICROS);
    }
}
