package dev.sallyport.decision;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.sallyport.audit.ChangeTrail;
import dev.sallyport.authentication.Authentication;
import dev.sallyport.authentication.Named;
import dev.sallyport.authentication.TestReplica;
import dev.sallyport.catalogue.CanonicalPath;
import dev.sallyport.catalogue.Catalogue;
import dev.sallyport.feed.Feed;
import dev.sallyport.http.TestExchange;
import dev.sallyport.identity.Organization;
import dev.sallyport.identity.Origin;
import dev.sallyport.identity.Principal;
import dev.sallyport.permission.Authority;
import dev.sallyport.permission.ManagedRole;
import dev.sallyport.permission.Permissions;
import dev.sallyport.secret.ApiKeyText;
import dev.sallyport.secret.KeyText;
import dev.sallyport.secret.Secret;
import dev.sallyport.sql.Micros;
import dev.sallyport.sql.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** The tables in {@code decision/*.yaml}, and what must hold for every table there could be. */
class DecideTest {

    private static final Path TABLES = Path.of("src/test/resources/dev/sallyport/decision");
    private static final List<ManagedRole> ROLES = List.of(ManagedRole.values());
    private static final Permissions PERMISSIONS = Permissions.shipped();
    private static final TestReplica REPLICA = new TestReplica(PERMISSIONS);
    private static final Organization ACME = REPLICA.organization("Acme");
    private static final Organization GLOBEX = REPLICA.organization("Globex");
    private static final Organization FENCED = REPLICA.organization("Fenced");
    private static final SecureRandom RANDOM = new SecureRandom();

    static {
        REPLICA.addresses(FENCED, List.of("198.51.100.0/24", "2001:db8::/32"));
        REPLICA.api(TestApis.billing(PERMISSIONS, ACME));
        try (var database = TestDatabase.SQLITE.open()) {
            var clock = InstantSource.fixed(TestReplica.NOON);
            var feed = new Feed(database, clock, Duration.ofMinutes(1));
            REPLICA.api(new Catalogue(database, feed, new ChangeTrail(), PERMISSIONS, clock).shipped());
        }
    }

    /** A row of a table; what it leaves out is a live token of Acme, on a fresh node. */
    record Case(
            @JsonProperty("case") String title,
            @Nullable String organization,
            @Nullable List<String> roles,
            @Nullable List<String> scopes,
            @Nullable String credential,
            boolean stale,
            String api,
            String request,
            String decision,
            @Nullable String reason,
            @Nullable List<String> missing) {
        @Override
        public String toString() {
            return title;
        }
    }

    static Stream<Case> cases() {
        var cases = new ArrayList<Case>();
        try (var files = Files.list(TABLES)) {
            for (var file : files.sorted().toList()) {
                cases.addAll(List.of(YAMLMapper.shared().readValue(file.toFile(), Case[].class)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return cases.stream();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void a_call_is_decided_as_the_table_says(Case row) {
        var decision = Decider.decide(question(row));

        var reason = decision instanceof Decision.Deny deny ? deny.reason().code() : null;
        var missing = decision instanceof Decision.Deny deny ? PERMISSIONS.namesOf(deny.missing()) : List.<String>of();
        assertThat(decision instanceof Decision.Permit ? "permit" : "deny").isEqualTo(row.decision());
        assertThat(reason).isEqualTo(row.reason());
        assertThat(missing).isEqualTo(Objects.requireNonNullElse(row.missing(), List.of()));
    }

    @Test
    void every_reason_but_those_of_a_door_is_in_a_table() {
        var reasons = cases().map(Case::reason).filter(Objects::nonNull).collect(Collectors.toSet());
        var all = Arrays.stream(Reason.values()).map(Reason::code).collect(Collectors.toCollection(HashSet::new));

        // What is counted is decided after what is asked.
        all.removeAll(Set.of("trail_unavailable", "unreadable_request", "rate_limited", "quota_exceeded"));

        assertThat(reasons).isEqualTo(all);
    }

    private static Question question(Case row) {
        var api = REPLICA.replica.api(row.api());
        var request = row.request().split(" ", 2);
        Question.Target target = new Question.Target.Refused(Reason.UNKNOWN_API);
        if (api != null) {
            target = switch (CanonicalPath.parse(request[1])) {
                case CanonicalPath.Parsed.Ambiguous _ -> new Question.Target.Refused(Reason.AMBIGUOUS_PATH);
                case CanonicalPath.Parsed.Canonical(var path) -> Question.Target.of(api, request[0], path);
            };
        }
        return new Question(api, target, authentication(row), !row.stale());
    }

    private static Authentication authentication(Case row) {
        var organization = switch (Objects.requireNonNullElse(row.organization(), "Acme")) {
            case "Globex" -> GLOBEX;
            case "Fenced" -> FENCED;
            default -> ACME;
        };
        var owner = user(organization, Objects.requireNonNullElse(row.roles(), List.of("admin")));
        var scopes = PERMISSIONS.authorityOf(Objects.requireNonNullElse(row.scopes(), List.of()));
        var token = REPLICA.token(owner, scopes);
        var text = token.secret().reveal();
        return switch (Objects.requireNonNullElse(row.credential(), "live")) {
            case "live" -> REPLICA.authenticate(token);
            case "none" -> authenticate(new TestExchange(), TestReplica.NOON);
            case "junk" -> REPLICA.authenticate("junk", TestReplica.NOON);
            case "repeated" ->
                authenticate(
                        new TestExchange().with("Authorization", text).with("Authorization", text), TestReplica.NOON);
            case "unknown" -> REPLICA.authenticate(TestReplica.forged(UUID.randomUUID()), TestReplica.NOON);
            case "wrong" ->
                REPLICA.authenticate(TestReplica.forged(token.facts().id().value()), TestReplica.NOON);
            case "expired" -> REPLICA.authenticate(text, TestReplica.NOON.plus(Duration.ofDays(1)));
            case "revoked" -> {
                REPLICA.revoke(token);
                yield REPLICA.authenticate(token);
            }
            case "disabled" -> {
                REPLICA.disable(owner);
                yield REPLICA.authenticate(token);
            }
            case "revoked and disabled" -> {
                REPLICA.revoke(token);
                REPLICA.disable(owner);
                yield REPLICA.authenticate(token);
            }
            case "elsewhere" -> REPLICA.authenticate(REPLICA.token(owner, scopes, List.of("198.51.100.0/24")));
            case "key pair" ->
                pair(REPLICA.apiKey(organization, false), REPLICA.applicationKey(owner, Optional.of(scopes)));
            case "unscoped key pair" ->
                pair(REPLICA.apiKey(organization, false), REPLICA.applicationKey(owner, Optional.empty()));
            case "keys of two organizations" ->
                pair(REPLICA.apiKey(GLOBEX, false), REPLICA.applicationKey(owner, Optional.empty()));
            case "revoked companion" ->
                pair(REPLICA.apiKey(organization, true), REPLICA.applicationKey(owner, Optional.empty()));
            case "companion from elsewhere" ->
                pair(
                        REPLICA.apiKey(organization, false, List.of("198.51.100.0/24")),
                        REPLICA.applicationKey(owner, Optional.empty()));
            case "application key alone" ->
                authenticate(
                        new TestExchange()
                                .with(
                                        "DD-APPLICATION-KEY",
                                        REPLICA.applicationKey(owner, Optional.empty())
                                                .reveal()),
                        TestReplica.NOON);
            case "api key" ->
                authenticate(
                        new TestExchange()
                                .with(
                                        "DD-API-KEY",
                                        REPLICA.apiKey(organization, false).reveal()),
                        TestReplica.NOON);
            case "revoked api key" ->
                authenticate(
                        new TestExchange()
                                .with(
                                        "DD-API-KEY",
                                        REPLICA.apiKey(organization, true).reveal()),
                        TestReplica.NOON);
            case "named by another organization" ->
                REPLICA.authenticator.named(
                        GLOBEX.id(),
                        new Named.OfCredential(token.facts().id()),
                        new Origin("", ""),
                        Micros.of(TestReplica.NOON));
            case "unknown key pair" -> pair(ApiKeyText.mint(RANDOM), KeyText.mint("ddapp", RANDOM));
            default -> throw new IllegalArgumentException("credential: " + row.credential());
        };
    }

    private static Authentication authenticate(TestExchange exchange, Instant now) {
        return REPLICA.authenticator.authenticate(exchange, "", Micros.of(now));
    }

    private static Authentication pair(Secret apiKey, Secret applicationKey) {
        return authenticate(
                new TestExchange()
                        .with("DD-API-KEY", apiKey.reveal())
                        .with("DD-APPLICATION-KEY", applicationKey.reveal()),
                TestReplica.NOON);
    }

    private static Principal user(Organization organization, List<String> roles) {
        return REPLICA.user(
                organization,
                roles.stream()
                        .map(role -> ManagedRole.parse(role).orElseThrow())
                        .collect(Collectors.toSet()));
    }

    /** An operation that is met goes on being met. */
    @ParameterizedTest
    @ValueSource(strings = {"datadog", "billing"})
    void more_scopes_and_more_roles_never_turn_a_permit_into_a_denial(String id) {
        var seed = System.nanoTime();
        var random = new Random(seed);
        var api = Objects.requireNonNull(REPLICA.replica.api(id));
        var operations = api.operations().operations();
        for (var i = 0; i < 100; i++) {
            var few = some(random, PERMISSIONS.matching(_ -> true), 3);
            var more = few.union(some(random, PERMISSIONS.matching(_ -> true), 3));
            var role = ROLES.get(random.nextInt(ROLES.size()));
            var lesser = REPLICA.authenticate(REPLICA.token(REPLICA.user(ACME, Set.of(role)), few));
            var wider = REPLICA.authenticate(REPLICA.token(REPLICA.user(ACME, Set.of(role)), more));
            var higher = REPLICA.authenticate(REPLICA.token(
                    REPLICA.user(ACME, EnumSet.of(role, ROLES.get(random.nextInt(ROLES.size())))), few));
            for (var operation : operations) {
                var target = new Question.Target.Known(operation);
                if (Decider.decide(new Question(api, target, lesser, true)) instanceof Decision.Permit) {
                    for (var grown : List.of(wider, higher)) {
                        assertThat(Decider.decide(new Question(api, target, grown, true)))
                                .as(operation.id() + ", seed " + seed)
                                .isInstanceOf(Decision.Permit.class);
                    }
                }
            }
        }
    }

    @Test
    void what_is_missing_would_be_enough() {
        var seed = System.nanoTime();
        var random = new Random(seed);
        var api = Objects.requireNonNull(REPLICA.replica.api("datadog"));
        var admin = REPLICA.user(ACME, Set.of(ManagedRole.ADMIN));
        for (var i = 0; i < 50; i++) {
            var few = some(random, PERMISSIONS.matching(_ -> true), 3);
            var before = REPLICA.authenticate(REPLICA.token(admin, few));
            for (var operation : api.operations().operations()) {
                var target = new Question.Target.Known(operation);
                if (Decider.decide(new Question(api, target, before, true)) instanceof Decision.Deny deny
                        && deny.reason() == Reason.SCOPE_MISSING) {
                    var after = REPLICA.authenticate(REPLICA.token(admin, few.union(deny.missing())));
                    assertThat(Decider.decide(new Question(api, target, after, true)))
                            .as(operation.id() + ", seed " + seed)
                            .isInstanceOf(Decision.Permit.class);
                    assertThat(deny.missing().intersect(few)).isEqualTo(Authority.NONE);
                }
            }
        }
    }

    private static Authority some(Random random, Authority of, int oneIn) {
        return PERMISSIONS.matching(permission -> of.holds(permission) && random.nextInt(oneIn) == 0);
    }
}
