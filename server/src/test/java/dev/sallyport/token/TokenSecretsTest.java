package dev.sallyport.token;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.audit.Actor;
import dev.sallyport.identity.Origin;
import dev.sallyport.sql.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The text of a token is shown once and kept nowhere. */
class TokenSecretsTest {

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void no_table_holds_the_secret_part_of_a_token_or_of_a_setup_code(TestDatabase kind) {
        try (var test = TestTokens.on(kind)) {
            var administrator = test.administrator();
            var link = test.tokens
                    .createSetupLink(Actor.operator(test.organization.id()), test.organization.id(), administrator.id())
                    .orElseThrow();
            var redeemed = (Redemption.Redeemed) test.tokens.redeem(link.code().reveal(), Origin.MACHINE);

            var stored = stored(test);

            assertThat(stored)
                    .contains(redeemed.token().id().toString(), link.id().toString());
            for (var secret : List.of(link.code(), redeemed.secret())) {
                var tail = secret.reveal().substring(secret.reveal().length() - 36);
                assertThat(stored).doesNotContain(tail, tail.substring(0, 30));
            }
        }
    }

    /** Every column of the rows in which a secret could have been left. */
    private static String stored(TestTokens test) {
        return test.database.reading(transaction -> {
            var text = new StringBuilder();
            transaction
                    .sql("SELECT * FROM credential")
                    .map(row -> String.join(
                            "|",
                            row.text("id"),
                            row.text("name"),
                            row.text("name_folded"),
                            row.text("scopes"),
                            new String(row.bytes("digest"), StandardCharsets.ISO_8859_1)))
                    .forEach(text::append);
            transaction
                    .sql("SELECT * FROM setup_link")
                    .map(row -> row.text("id") + new String(row.bytes("digest"), StandardCharsets.ISO_8859_1))
                    .forEach(text::append);
            transaction
                    .sql("SELECT subject FROM feed")
                    .map(row -> row.text("subject"))
                    .forEach(text::append);
            transaction
                    .sql("SELECT record FROM change_event")
                    .map(row -> row.text("record"))
                    .forEach(text::append);
            return text.toString();
        });
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void nothing_that_carries_a_secret_prints_it(TestDatabase kind) {
        try (var test = TestTokens.on(kind)) {
            var caller = test.caller(test.user(), "user_app_keys", "monitors_read");
            var reply =
                    test.issue(caller, "laptop", TestTokens.NOON.plus(java.time.Duration.ofDays(2)), "monitors_read");
            var key = TestTokens.json(reply).at("/data/attributes/key").stringValue();
            var link = test.tokens
                    .createSetupLink(
                            Actor.operator(test.organization.id()),
                            test.organization.id(),
                            test.administrator().id())
                    .orElseThrow();
            var redeemed = (Redemption.Redeemed) test.tokens.redeem(link.code().reveal(), Origin.MACHINE);
            var issued = new IssuedToken(redeemed.token(), redeemed.secret());

            assertThat(reply.toString()).doesNotContain(key.substring(30));
            assertThat(link.toString()).doesNotContain(link.code().reveal().substring(32));
            for (var printed :
                    List.of(redeemed.toString(), issued.toString(), new IssueToken.Result.Issued(issued).toString())) {
                assertThat(printed).doesNotContain(redeemed.secret().reveal().substring(30));
            }
        }
    }
}
