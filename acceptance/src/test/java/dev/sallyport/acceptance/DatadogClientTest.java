package dev.sallyport.acceptance;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** The npm package {@code @datadog/datadog-api-client}, unmodified, against the packaged server. */
@ParameterizedClass
@EnumSource(StoreKind.class)
class DatadogClientTest {

    @TempDir
    static @Nullable Path folder;

    private static @Nullable Store preparedStore;
    private static @Nullable RunningServer runningServer;

    private final Store store = requireNonNull(preparedStore);
    private final RunningServer server = requireNonNull(runningServer);

    /** The server is the same for all scenarios; each looks at tokens of its own. */
    @SuppressWarnings("UnusedVariable") // The parameter of the class.
    DatadogClientTest(StoreKind kind) {}

    @BeforeParameterizedClassInvocation
    static void start(StoreKind kind) {
        var prepared = Store.withLegacyKeys(requireNonNull(folder).resolve(kind.name()), kind);
        preparedStore = prepared;
        runningServer = prepared.serve();
    }

    @AfterParameterizedClassInvocation
    static void stop() {
        try (var server = requireNonNull(runningServer)) {
            server.stop();
        }
    }

    @Test
    void a_token_lives_as_the_datadog_client_expects() {
        var life = Scenario.run("token-life.mjs", server, store);

        assertIsCreated(life, store);
        assertIsUsed(life, store);
        assertIsEdited(life);
        assertIsRevoked(life);
        assertThat(server.log()).doesNotContain(text(life, "key")).doesNotContain(store.token());
    }

    private static void assertIsCreated(JsonNode life, Store store) {
        var created = life.path("created");
        assertThat(text(life, "key")).matches("ddpat_[0-9A-Za-z]{22}_[0-9A-Za-z]{36}");
        assertThat(text(life, "key")).startsWith(text(created, "publicPortion") + "_");
        assertThat(text(life, "type")).isEqualTo("personal_access_tokens");
        assertThat(text(life, "owner")).isEqualTo(store.admin());
        assertThat(text(created, "name")).isEqualTo("deploy");
        assertThat(texts(created.path("scopes"))).containsExactlyInAnyOrder("user_app_keys", "user_access_read");
        assertThat(Instant.parse(text(created, "expiresAt"))).isEqualTo(Instant.parse(text(life, "asked")));
        assertThat(Duration.between(Instant.parse(text(created, "createdAt")), Instant.now()))
                .isLessThan(Duration.ofMinutes(1));
        assertThat(text(life.path("read"), "name")).isEqualTo("deploy");
        assertThat(life.path("read").has("modifiedAt")).isFalse();
        assertThat(life.path("readHasKey").asBoolean()).isFalse();
    }

    private static void assertIsUsed(JsonNode life, Store store) {
        assertThat(text(life, "whoAsBearer")).isEqualTo(store.admin());
        assertThat(text(life, "whoAsApplicationKey")).isEqualTo(store.admin());
        assertThat(text(life, "whoWithNoise")).isEqualTo(store.admin());
        assertRefused(life.path("noiseDoesNotHeal"), 401, "Unauthorized");
        assertRefused(life.path("missingScope"), 403, "audit_logs_read");
    }

    private static void assertIsEdited(JsonNode life) {
        var edited = life.path("edited");
        assertThat(text(edited, "name")).isEqualTo("deploy-2");
        assertThat(texts(edited.path("scopes"))).containsExactlyInAnyOrder("user_access_read", "audit_logs_read");
        assertThat(edited.has("modifiedAt")).isTrue();
        assertThat(life.path("nowInScope").asInt()).isEqualTo(1);
        assertRefused(life.path("noLongerInScope"), 403, "user_app_keys");
    }

    private static void assertIsRevoked(JsonNode life) {
        assertThat(life.path("revokeAnswersNothing").asBoolean()).isTrue();
        assertRefused(life.path("afterRevoke").path("bearer"), 401, "Unauthorized");
        assertRefused(life.path("afterRevoke").path("applicationKey"), 401, "Unauthorized");
        assertThat(texts(life.path("namesLeft"))).contains("setup").doesNotContain("deploy", "deploy-2");
    }

    @Test
    void a_service_account_and_its_tokens_live_as_the_datadog_client_expects() {
        var life = Scenario.run("service-token-life.mjs", server, store);

        assertThat(life.path("account").path("serviceAccount").asBoolean()).isTrue();
        assertThat(text(life.path("account"), "email")).isEqualTo("ci@acme.example");
        assertThat(text(life, "key")).matches("ddsat_[0-9A-Za-z]{22}_[0-9A-Za-z]{36}");
        assertThat(text(life, "key")).startsWith(text(life.path("created"), "publicPortion") + "_");
        assertThat(text(life, "type")).isEqualTo("service_access_tokens");
        assertThat(text(life.path("owner"), "id")).isEqualTo(text(life, "accountId"));
        assertThat(text(life.path("owner"), "type")).isEqualTo("service_account");
        assertThat(life.path("endless").asBoolean()).isTrue();
        assertRefused(life.path("tooLong"), 400, "365");
        assertRefused(life.path("outliving"), 403, "end no later");
        assertThat(text(life, "who")).isEqualTo(text(life, "accountId"));
        assertThat(text(life, "whoInKeySlot")).isEqualTo(text(life, "accountId"));
        assertThat(life.path("seen").asInt()).isPositive();
        assertRefused(life.path("minting"), 403, "service_account_write");
        assertThat(life.path("readHasKey").asBoolean()).isFalse();
        assertThat(text(life.path("edited"), "name")).isEqualTo("deploy-2");
        assertThat(texts(life.path("listed"))).containsExactly("deploy-2", "nightly");
        assertThat(texts(life.path("union"))).contains("personal_access_tokens", "service_access_tokens");
        assertThat(life.path("revokeAnswersNothing").asBoolean()).isTrue();
        for (var ended : List.of("afterRevoke", "afterDisable", "afterEnable")) {
            assertRefused(life.path(ended), 401, "Unauthorized");
        }
        assertThat(server.log()).doesNotContain(text(life, "key"));
    }

    @Test
    void tokens_are_listed_in_pages_orders_and_by_filters() {
        var listing = Scenario.run("listing.mjs", server, store);

        assertThat(listing.path("total").asInt()).isEqualTo(5);
        assertThat(texts(listing.path("pages").path(0))).containsExactly("list-alpha", "list-bravo");
        assertThat(texts(listing.path("pages").path(1))).containsExactly("list-charlie", "list-delta");
        assertThat(texts(listing.path("pages").path(2))).containsExactly("list-echo");
        assertThat(texts(listing.path("pages").path(3))).isEmpty();
        var backwards = List.of("list-echo", "list-delta", "list-charlie", "list-bravo", "list-alpha");
        assertThat(texts(listing.path("descending"))).isEqualTo(backwards);
        assertThat(texts(listing.path("newestFirst"))).isEqualTo(backwards);
        assertThat(texts(listing.path("endingFirst"))).isEqualTo(backwards);
        assertThat(texts(listing.path("filtered"))).containsExactly("list-charlie");
        assertThat(texts(listing.path("ofOwner"))).hasSize(5);
        assertThat(texts(listing.path("ofNobody"))).isEmpty();
        assertRefused(listing.path("badPage"), 400, "page[size]");
    }

    @Test
    void the_caller_learns_who_it_is_and_what_there_is_to_hold() {
        var reads = Scenario.run("reads.mjs", server, store);

        assertThat(text(reads, "id")).isEqualTo(store.admin());
        assertThat(text(reads, "email")).isEqualTo(store.email());
        assertThat(texts(reads.path("included"))).contains("orgs", "roles");
        assertThat(reads.path("permissions").asInt()).isGreaterThan(300);
        assertThat(reads.path("withScopes").asInt())
                .isGreaterThan(reads.path("permissions").asInt());
        // The real id of monitors_read, by which infrastructure code names it.
        assertThat(text(reads, "monitorsRead")).matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
        assertThat(texts(reads.path("roles")))
                .containsExactly("Datadog Admin Role", "Datadog Read Only Role", "Datadog Standard Role");
        assertThat(reads.path("adminHolds").asInt()).isGreaterThan(300);
        assertThat(reads.path("validated").path("status").asInt()).isEqualTo(200);
        assertThat(text(reads.path("validated").path("body"), "status")).isEqualTo("ok");
        assertThat(reads.path("junk").path("status").asInt()).isEqualTo(401);
        assertThat(reads.path("apiKey").path("status").asInt()).isIn(401, 403);
        assertThat(texts(reads.path("unparsed"))).isEmpty();
    }

    @Test
    void every_refusal_decodes_into_the_clients_own_error() {
        var refusals = Scenario.run("refusals.mjs", server, store);

        // The client declares no 401 for these: it hands on the body as it came.
        assertRefused(refusals.path("noCredential"), 401, "Unauthorized");
        assertRefused(refusals.path("junkCredential"), 401, "Unauthorized");
        for (var invalid : List.of("blankName", "directionTurned", "noScopes", "tooShort", "tooLong")) {
            assertRefused(refusals.path(invalid), 400, "");
        }
        assertRefused(refusals.path("unknownScope"), 400, "no_such_scope");
        assertRefused(refusals.path("widerThanCaller"), 403, "audit_logs_read");
        assertRefused(refusals.path("longerThanCaller"), 403, "");
        assertThat(text(refusals, "withinCaller")).isEqualTo("child");
        assertRefused(refusals.path("unknownId"), 404, "");
        assertRefused(refusals.path("notAnId"), 404, "");
    }

    @Test
    void the_trail_says_who_created_a_token_and_what_was_decided_about_it() {
        var audit = Scenario.run("audit.mjs", server, store);

        var creation = audit.path("creation");
        assertThat(creation.size()).isEqualTo(1);
        assertThat(text(creation.path(0).path("usr"), "email")).isEqualTo(store.email());
        assertThat(text(creation.path(0).path("asset"), "name")).isEqualTo("traced");
        assertThat(text(creation.path(0).path("network").path("client"), "ip")).isEqualTo("127.0.0.1");
        var allowed = audit.path("allowed");
        assertThat(allowed.size()).isEqualTo(1);
        assertThat(text(allowed.path(0).path("http").path("url_details"), "path"))
                .isEqualTo("/api/v2/current_user");
        var refused = audit.path("refused");
        assertThat(refused.size()).isEqualTo(1);
        assertThat(text(refused.path(0).path("decision"), "reason")).isEqualTo("scope_missing");
        assertThat(texts(audit.path("paged"))).doesNotHaveDuplicates().hasSizeGreaterThan(6);
        assertRefused(audit.path("unreadable"), 400, "no.such.field");
    }

    private static void assertRefused(JsonNode refusal, int status, String text) {
        assertThat(refusal.path("kind").asString("")).as(refusal.toString()).isEqualTo("ApiException");
        assertThat(refusal.path("status").asInt()).as(refusal.toString()).isEqualTo(status);
        var said = refusal.has("errors") ? refusal.path("errors").toString() : text(refusal, "raw");
        assertThat(said).contains(text).isNotEqualTo("[]").isNotBlank();
    }

    private static String text(JsonNode node, String member) {
        return node.path(member).asString("");
    }

    private static List<String> texts(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(item -> item.asString(""))
                .toList();
    }
}
