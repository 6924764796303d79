package dev.sallyport.authentication;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.http.TestExchange;
import dev.sallyport.secret.KeyText;
import java.security.SecureRandom;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PresentedTest {

    private static final UUID FIRST = UUID.randomUUID();
    private static final String API_KEY = "0123456789abcdef0123456789abcdef";
    private static final String TOKEN = TestReplica.forged(FIRST);
    private static final Presented NO_TOKEN = new Presented.Unrecognised(Carrier.TOKEN);
    private static final String OTHER = TestReplica.forged(UUID.randomUUID());

    @Test
    void without_a_credential_nothing_is_presented() {
        assertThat(by(new TestExchange())).isEqualTo(Presented.NOTHING);
    }

    @Test
    void keys_come_after_tokens_and_alone_or_in_a_pair() {
        var applicationKey = KeyText.mint("ddapp", new SecureRandom()).reveal();
        var keys = new TestExchange().with("DD-API-KEY", API_KEY).with("DD-APPLICATION-KEY", applicationKey);
        var tokenAsWell = new TestExchange()
                .with("DD-API-KEY", API_KEY)
                .with("DD-APPLICATION-KEY", applicationKey)
                .with("Authorization", "Bearer " + TOKEN);

        assertThat(by(keys)).isInstanceOf(Presented.KeyPair.class);
        assertThat(id(by(tokenAsWell))).isEqualTo(FIRST);
        assertThat(by(new TestExchange().with("DD-API-KEY", API_KEY))).isInstanceOf(Presented.ApiKey.class);
        assertThat(by(new TestExchange().with("DD-APPLICATION-KEY", applicationKey)))
                .isEqualTo(NO_TOKEN);
        assertThat(by(new TestExchange().with("DD-API-KEY", "x").with("DD-APPLICATION-KEY", applicationKey)))
                .isEqualTo(new Presented.Unrecognised(Carrier.KEY_PAIR));
        assertThat(by(new TestExchange().with("DD-API-KEY", "0".repeat(31))))
                .isEqualTo(new Presented.Unrecognised(Carrier.API_KEY));
    }

    @Test
    void keys_in_the_query_are_read_where_the_operation_takes_them_there() {
        var applicationKey = KeyText.mint("ddapp", new SecureRandom()).reveal();
        var query = "from=1&api_key=" + API_KEY + "&application_key=" + applicationKey;

        assertThat(Presented.by(new TestExchange(), query)).isInstanceOf(Presented.KeyPair.class);
        assertThat(Presented.by(new TestExchange(), "api_key=" + API_KEY)).isInstanceOf(Presented.ApiKey.class);
        assertThat(Presented.by(new TestExchange(), "my_api_key=" + API_KEY)).isEqualTo(Presented.NOTHING);
        assertThat(Presented.by(new TestExchange().with("DD-API-KEY", API_KEY), query))
                .isEqualTo(Presented.REPEATED);
        assertThat(Presented.by(new TestExchange(), query + "&api_key=" + API_KEY))
                .isEqualTo(Presented.REPEATED);
        assertThat(id(Presented.by(new TestExchange().with("Authorization", "Bearer " + TOKEN), query)))
                .isEqualTo(FIRST);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer ", "bearer ", "BEARER ", "bEaReR    "})
    void the_scheme_is_read_in_any_case(String scheme) {
        assertThat(id(by(new TestExchange().with("Authorization", scheme + TOKEN))))
                .isEqualTo(FIRST);
    }

    @Test
    void an_application_key_carries_a_token_too() {
        var exchange = new TestExchange().with("dd-application-key", TOKEN).with("DD-API-KEY", "x");

        assertThat(id(by(exchange))).isEqualTo(FIRST);
    }

    @Test
    void authorization_goes_first_and_nothing_is_fallen_back_to() {
        var both = new TestExchange().with("DD-APPLICATION-KEY", OTHER).with("Authorization", "Bearer " + TOKEN);
        var broken = new TestExchange().with("DD-APPLICATION-KEY", OTHER).with("Authorization", "Basic abc");
        var junk = new TestExchange().with("DD-APPLICATION-KEY", OTHER).with("Authorization", "Bearer junk");

        assertThat(id(by(both))).isEqualTo(FIRST);
        assertThat(by(broken)).isEqualTo(NO_TOKEN);
        assertThat(by(junk)).isEqualTo(NO_TOKEN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Authorization", "DD-APPLICATION-KEY", "DD-API-KEY"})
    void a_credential_header_that_was_sent_twice_is_refused(String name) {
        var twice = new TestExchange()
                .with("Authorization", "Bearer " + TOKEN)
                .with(name, "Bearer " + TOKEN)
                .with(name, "Bearer " + TOKEN);

        assertThat(by(twice)).isEqualTo(Presented.REPEATED);
    }

    @Test
    void a_list_of_credentials_in_one_header_is_none() {
        var listed = "Bearer " + TOKEN + ", Bearer " + OTHER;

        assertThat(by(new TestExchange().with("Authorization", listed))).isEqualTo(NO_TOKEN);
        assertThat(by(new TestExchange().with("DD-APPLICATION-KEY", TOKEN + "," + OTHER)))
                .isEqualTo(NO_TOKEN);
    }

    /** None of these letters is part of the scheme, but case folding beyond ASCII would make others so. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Bea\u0280er ",
                "\u212Aearer ",
                "\u0412earer ",
                "Bearer\u00a0",
                "Bearer\t",
                "Bearer",
                "Bearer: ",
                " Bearer "
            })
    void a_scheme_that_only_looks_like_bearer_is_none(String scheme) {
        assertThat(by(new TestExchange().with("Authorization", scheme + TOKEN))).isEqualTo(NO_TOKEN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Bearer", "Bearer ", "Basic dXNlcjpwYXNz", "token"})
    void a_header_without_a_token_is_a_credential_that_is_none(String value) {
        assertThat(by(new TestExchange().with("Authorization", value))).isEqualTo(NO_TOKEN);
    }

    @Test
    void a_blank_behind_the_token_is_not_trimmed_away() {
        assertThat(by(new TestExchange().with("Authorization", "Bearer " + TOKEN + " ")))
                .isEqualTo(NO_TOKEN);
        assertThat(by(new TestExchange().with("DD-APPLICATION-KEY", " " + TOKEN)))
                .isEqualTo(NO_TOKEN);
    }

    private static UUID id(Presented presented) {
        return ((Presented.Token) presented).text().id();
    }

    private static Presented by(TestExchange exchange) {
        return Presented.by(exchange, "");
    }
}
