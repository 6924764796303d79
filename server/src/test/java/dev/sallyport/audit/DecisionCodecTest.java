package dev.sallyport.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.permission.Authority;
import dev.sallyport.sql.Micros;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DecisionCodecTest {

    private static final int FIRST_VERSION_BYTES = 258;

    @Test
    void whatever_is_written_is_read() {
        var seed = System.nanoTime();
        var random = new Random(seed);
        for (var i = 0; i < 2_000; i++) {
            var decision = Samples.any(random);

            var read = Samples.throughBytes(decision);

            assertThat(read).as("seed %d", seed).isEqualTo(expected(decision));
        }
    }

    private static LoggedDecision expected(DecisionRecord decision) {
        var caller = decision.caller();
        var who = caller == null
                ? null
                : new LoggedDecision.Who(
                        caller.organization().id().value(),
                        caller.principal().id().value(),
                        caller.principal().email(),
                        caller.credential().id().value(),
                        caller.credential().kind().code(),
                        caller.credential().name(),
                        caller.credential().mintedBy() == null
                                ? null
                                : caller.credential().mintedBy().value(),
                        Samples.PERMISSIONS.namesOf(caller.credential().scopes()),
                        Micros.of(Objects.requireNonNull(caller.credential().expiresAt())));
        return new LoggedDecision(
                decision.atMicros(),
                who,
                decision.presented(),
                decision.api(),
                decision.operation(),
                decision.method(),
                decision.path(),
                decision.isAllowed(),
                decision.reason(),
                decision.revision(),
                decision.clientAddress(),
                decision.need());
    }

    @Test
    void a_permit_is_as_large_as_it_was_before_refusals_said_what_they_lacked() {
        var permit = Samples.allowed("/api/v1/monitor/123456789");

        // The length of a frame of the first version, which had no flag and no text for that.
        assertThat(DecisionCodec.write(permit)).hasSize(FIRST_VERSION_BYTES);
        assertThat(Samples.throughBytes(permit).need()).isNull();
    }

    @Test
    void a_need_beyond_its_bound_is_cut_and_still_read() {
        var names = java.util.stream.IntStream.range(0, 500)
                .mapToObj(i -> "permission_" + i)
                .toList();
        var need = new Need(List.of(names), names, List.of("permission_7"));

        var read = Objects.requireNonNull(
                Samples.throughBytes(Samples.refused(need)).need());

        assertThat(read.required().getFirst()).startsWith("permission_0", "permission_1");
        assertThat(read.missing()).containsExactly("permission_7");
    }

    @Test
    void a_path_beyond_its_bound_is_cut_with_a_mark_between_two_characters() {
        var decision = Samples.allowed("/" + "é".repeat(3_000));

        var path = Samples.throughBytes(decision).path();

        assertThat(path).startsWith("/éé").endsWith("é…").doesNotContain("\uFFFD");
        assertThat(path.getBytes(java.nio.charset.StandardCharsets.UTF_8).length)
                .isBetween(DecisionCodec.PATH_BYTES - 4, DecisionCodec.PATH_BYTES);
    }

    @Test
    void a_typical_decision_takes_little_room() {
        var decision = Samples.allowed("/api/v1/monitor/123456789");

        assertThat(DecisionCodec.write(decision)).hasSizeLessThan(350);
    }

    @Test
    void a_record_shows_no_secret() {
        var names = java.util.Arrays.stream(DecisionRecord.class.getRecordComponents())
                .map(java.lang.reflect.RecordComponent::getName)
                .toList();

        assertThat(names)
                .noneMatch(name -> name.matches("(?i).*(secret|token|digest|password|header|query|authorization).*"));
        assertThat(Samples.allowed(Samples.alice(), "/x", 1).toString())
                .doesNotContainIgnoringCase("secret")
                .doesNotContainIgnoringCase("digest")
                .doesNotContain("ddpat_");
    }

    @Test
    void an_expiry_beyond_all_time_is_recorded_as_the_latest() {
        var plain = Samples.caller(Samples.ACME, "a@example.com", Authority.NONE);
        var credential = plain.credential();
        var endless = new dev.sallyport.identity.Credential(
                credential.id(),
                credential.kind(),
                credential.name(),
                credential.scopes(),
                java.time.Instant.MAX,
                credential.mintedBy());
        var caller = new dev.sallyport.identity.Caller(
                plain.organization(), plain.principal(), endless, plain.authority(), plain.origin());

        var who = Samples.throughBytes(Samples.allowed(caller, "/x", 1)).who();

        assertThat(who)
                .isInstanceOfSatisfying(
                        LoggedDecision.Who.class,
                        read -> assertThat(read.expiresAtMicros()).isEqualTo(Long.MAX_VALUE));
    }
}
