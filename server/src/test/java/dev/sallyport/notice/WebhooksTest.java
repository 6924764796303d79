package dev.sallyport.notice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.http.Method;
import dev.sallyport.sql.TestDatabase;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class WebhooksTest {

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void a_webhook_is_created_read_edited_and_deleted(TestDatabase kind) {
        try (var test = TestNotices.on(kind)) {
            var created = test.created().path("webhook");
            var id = created.path("id").stringValue();

            assertThat(created.path("events").toString()).isEqualTo("[\"credential.expiring\"]");
            assertThat(created.path("enabled").booleanValue()).isTrue();
            assertThat(created.path("created_at").stringValue()).isEqualTo("2026-11-23T12:00:00.000000Z");
            assertThat(TestNotices.json(test.at(Method.GET, test.caller, id, "")))
                    .isEqualTo(created);
            assertThat(TestNotices.json(test.list(test.caller)).path("webhooks").get(0))
                    .isEqualTo(created);

            var edited = TestNotices.json(
                    test.at(Method.PATCH, test.caller, id, "", "{\"name\":\"on call\",\"enabled\":false}"));

            assertThat(edited.path("name").stringValue()).isEqualTo("on call");
            assertThat(edited.path("enabled").booleanValue()).isFalse();
            assertThat(edited.path("url")).isEqualTo(created.path("url"));
            assertThat(TestNotices.status(test.at(Method.DELETE, test.caller, id, "")))
                    .isEqualTo(204);
            assertThat(TestNotices.status(test.at(Method.GET, test.caller, id, "")))
                    .isEqualTo(404);
            assertThat(test.actions()).containsExactly("WEBHOOK_CREATED", "WEBHOOK_EDITED", "WEBHOOK_DELETED");
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void a_webhook_of_another_organization_is_not_there(TestDatabase kind) {
        try (var test = TestNotices.on(kind)) {
            var id = test.created().at("/webhook/id").stringValue();
            var stranger = test.caller(test.organization());

            assertThat(TestNotices.json(test.list(stranger)).path("webhooks")).isEmpty();
            for (var webhook : List.of(id, UUID.randomUUID().toString(), "1-1-1-1-1")) {
                assertThat(List.of(
                                test.at(Method.GET, stranger, webhook, ""),
                                test.at(Method.PATCH, stranger, webhook, "", "{\"name\":\"mine\"}"),
                                test.at(Method.DELETE, stranger, webhook, ""),
                                test.at(Method.POST, stranger, webhook, "/rotate"),
                                test.at(Method.POST, stranger, webhook, "/test"),
                                test.at(Method.GET, stranger, webhook, "/deliveries")))
                        .allMatch(response -> TestNotices.status(response) == 404);
            }
            assertThat(test.actions()).containsExactly("WEBHOOK_CREATED");
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void the_twenty_first_webhook_is_refused(TestDatabase kind) {
        try (var test = TestNotices.on(kind)) {
            for (var i = 0; i < 20; i++) {
                test.created();
            }
            var body = "{\"name\":\"one more\",\"url\":\"https://hooks.example/\"}";

            assertThat(TestNotices.code(test.create(test.caller, body))).isEqualTo("too_many_webhooks");
            assertThat(TestNotices.status(test.create(test.caller(test.organization()), body)))
                    .isEqualTo(201);
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void what_a_webhook_cannot_be_is_refused_with_a_reason(TestDatabase kind) {
        try (var test = TestNotices.on(kind)) {
            var id = test.created().at("/webhook/id").stringValue();
            var url = "\"url\":\"https://hooks.example/\"";

            assertThat(codeOf(test, "{" + url + "}")).isEqualTo("missing_member");
            assertThat(codeOf(test, "{\"name\":\"a\"}")).isEqualTo("missing_member");
            assertThat(codeOf(test, "{\"name\":\" \"," + url + "}")).isEqualTo("invalid_name");
            assertThat(codeOf(test, "{\"name\":\"a\"," + url + ",\"events\":[]}"))
                    .isEqualTo("no_events");
            assertThat(codeOf(test, "{\"name\":\"a\"," + url + ",\"events\":[\"credential.born\"]}"))
                    .isEqualTo("unknown_events");
            assertThat(codeOf(test, "{\"name\":\"a\"," + url + ",\"events\":[null]}"))
                    .isEqualTo("missing_member");
            for (var refused : List.of(
                    "http://hooks.example/",
                    "https://127.0.0.1/",
                    "https://[::1]/",
                    "https://169.254.169.254/",
                    "https://user@hooks.example/",
                    "ftp://hooks.example/",
                    "")) {
                assertThat(codeOf(test, "{\"name\":\"a\",\"url\":\"" + refused + "\"}"))
                        .as(refused)
                        .isEqualTo("invalid_url");
                assertThat(TestNotices.code(
                                test.at(Method.PATCH, test.caller, id, "", "{\"url\":\"" + refused + "\"}")))
                        .as(refused)
                        .isEqualTo("invalid_url");
            }
            assertThat(TestNotices.code(test.at(Method.PATCH, test.caller, id, "", "{}")))
                    .isEqualTo("nothing_to_change");
            assertThat(test.actions()).containsExactly("WEBHOOK_CREATED");
        }
    }

    private static String codeOf(TestNotices test, String body) {
        return TestNotices.code(test.create(test.caller, body));
    }
}
