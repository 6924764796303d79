package dev.sallyport.notice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sallyport.http.Method;
import dev.sallyport.identity.OrganizationId;
import dev.sallyport.jose.KeyEncryption;
import dev.sallyport.jose.SealBroken;
import dev.sallyport.sql.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The secret of a webhook is shown once and kept sealed; a message holds no secret of a credential. */
class NoticeSecretsTest {

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void no_answer_but_the_one_that_made_it_shows_a_secret(TestDatabase kind) {
        try (var test = TestNotices.on(kind)) {
            var created = test.create(test.caller, "{\"name\":\"pager\",\"url\":\"" + test.receiver.url() + "\"}");
            var id = TestNotices.json(created).at("/webhook/id").stringValue();
            var first = TestNotices.json(created).path("secret").stringValue();
            var rotated = test.at(Method.POST, test.caller, id, "/rotate");
            var second = TestNotices.json(rotated).path("secret").stringValue();

            var shown = List.of(
                            test.list(test.caller),
                            test.at(Method.GET, test.caller, id, ""),
                            test.at(Method.PATCH, test.caller, id, "", "{\"name\":\"on call\"}"),
                            test.at(Method.GET, test.caller, id, "/deliveries"))
                    .stream()
                    .map(response -> TestNotices.json(response).toString())
                    .toList();

            assertThat(first).startsWith("whsec_").hasSize(50);
            assertThat(second).startsWith("whsec_").hasSize(50);
            assertThat(String.join("\n", shown)).doesNotContain("whsec_", first.substring(6), second.substring(6));
            assertThat(created.toString() + rotated).doesNotContain(first.substring(6), second.substring(6));
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void neither_table_nor_trail_holds_a_secret_or_the_path_of_an_address(TestDatabase kind) {
        try (var test = TestNotices.on(kind)) {
            var created = test.created();
            var id = created.at("/webhook/id").stringValue();
            var secret = created.path("secret").stringValue();
            test.at(Method.PATCH, test.caller, id, "", "{\"name\":\"on call\"}");
            test.at(Method.POST, test.caller, id, "/rotate");
            var raw = Base64.getDecoder().decode(secret.substring("whsec_".length()));

            var sealed = test.database.reading(transaction -> transaction
                    .sql("SELECT secret, previous_secret FROM webhook")
                    .map(row -> text(row.bytes("secret")) + text(row.bytes("previous_secret")))
                    .one());
            test.at(Method.DELETE, test.caller, id, "");

            assertThat(sealed).doesNotContain(text(raw), secret.substring(6));
            assertThat(test.trail()).hasSize(4);
            assertThat(String.join("\n", test.trail())).doesNotContain("whsec_", secret.substring(6), "canary");
        }
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void a_sealed_secret_is_of_no_use_in_the_row_of_another_webhook(TestDatabase kind) {
        try (var test = TestNotices.on(kind)) {
            var mine = test.created().at("/webhook/id").stringValue();
            var other = test.created().at("/webhook/id").stringValue();
            test.write(
                    "UPDATE webhook SET secret = (SELECT secret FROM webhook WHERE id = ?) WHERE id = ?", mine, other);
            var store = new WebhookStore(new KeyEncryption(new byte[KeyEncryption.KEY_BYTES], new SecureRandom()));

            assertThat(secrets(test, store, mine)).isEqualTo(1);
            assertThatThrownBy(() -> secrets(test, store, other)).isInstanceOf(SealBroken.class);
        }
    }

    private static int secrets(TestNotices test, WebhookStore store, String webhook) {
        OrganizationId organization = test.organization.id();
        var id = WebhookId.parse(webhook).orElseThrow();
        return test.database
                .reading(transaction -> store.secrets(transaction, organization, id, test.now))
                .size();
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void a_message_holds_nothing_of_the_secret_of_a_credential(TestDatabase kind) throws Exception {
        try (var test = TestNotices.on(kind)) {
            test.created();
            test.token(test.user(test.organization), Duration.ofDays(31));

            test.now = test.now.plus(Duration.ofDays(1));
            test.notices().announce(test.now);
            test.notices().deliver();

            assertThat(test.receiver.calls().getFirst().body())
                    .contains("credential.expiring")
                    .doesNotContain("canary-digest", "digest");
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void nothing_that_carries_a_secret_prints_it(TestDatabase kind) {
        try (var test = TestNotices.on(kind)) {
            var created = test.created();
            var secret =
                    SigningSecret.parse(created.path("secret").stringValue()).orElseThrow();
            var id = WebhookId.parse(created.at("/webhook/id").stringValue()).orElseThrow();
            var webhook = test.database.reading(transaction -> new WebhookStore(
                            new KeyEncryption(new byte[KeyEncryption.KEY_BYTES], new SecureRandom()))
                    .find(transaction, test.organization.id(), id)
                    .orElseThrow());

            var printed = List.of(
                    secret,
                    new CreateWebhook.Result.Created(webhook, secret),
                    new CreateWebhook.Request("pager", webhook.url(), List.of()),
                    new EditWebhook.Request(id, null, webhook.url(), null, null),
                    new RotateWebhookSecret.Result.Rotated(webhook, secret),
                    WebhookJson.one(webhook),
                    WebhookJson.withSecret(200, webhook, secret));

            assertThat(printed.toString())
                    .doesNotContain("canary", secret.text().reveal().substring(6));
        }
    }
}
