package dev.sallyport.authentication;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.http.TestExchange;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PresentedTest {

    private static final UUID FIRST = UUID.randomUUID();
    private static final String TOKEN = TestReplica.forged(FIRST);
    private static final String OTHER = TestReplica.forged(UUID.randomUUID());

    @Test
    void without_a_credential_nothing_is_presented() {
        assertThat(Presented.by(new TestExchange())).isEqualTo(Presented.NOTHING);
        assertThat(Presented.by(new TestExchange().with("DD-API-KEY", "0".repeat(32))))
                .isEqualTo(Presented.NOTHING);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer ", "bearer ", "BEARER ", "bEaReR    "})
    void the_scheme_is_read_in_any_case(String scheme) {
        assertThat(id(Presented.by(new TestExchange().with("Authorization", scheme + TOKEN))))
                .isEqualTo(FIRST);
    }

    @Test
    void an_application_key_carries_a_token_too() {
        var exchange = new TestExchange().with("dd-application-key", TOKEN).with("DD-API-KEY", "x");

        assertThat(id(Presented.by(exchange))).isEqualTo(FIRST);
    }

    @Test
    void authorization_goes_first_and_nothing_is_fallen_back_to() {
        var both = new TestExchange().with("DD-APPLICATION-KEY", OTHER).with("Authorization", "Bearer " + TOKEN);
        var broken = new TestExchange().with("DD-APPLICATION-KEY", OTHER).with("Authorization", "Basic abc");
        var junk = new TestExchange().with("DD-APPLICATION-KEY", OTHER).with("Authorization", "Bearer junk");

        assertThat(id(Presented.by(both))).isEqualTo(FIRST);
        assertThat(Presented.by(broken)).isEqualTo(Presented.UNRECOGNISED);
        assertThat(Presented.by(junk)).isEqualTo(Presented.UNRECOGNISED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Authorization", "DD-APPLICATION-KEY", "DD-API-KEY"})
    void a_credential_header_that_was_sent_twice_is_refused(String name) {
        var twice = new TestExchange()
                .with("Authorization", "Bearer " + TOKEN)
                .with(name, "Bearer " + TOKEN)
                .with(name, "Bearer " + TOKEN);

        assertThat(Presented.by(twice)).isEqualTo(Presented.REPEATED);
    }

    @Test
    void a_list_of_credentials_in_one_header_is_none() {
        var listed = "Bearer " + TOKEN + ", Bearer " + OTHER;

        assertThat(Presented.by(new TestExchange().with("Authorization", listed)))
                .isEqualTo(Presented.UNRECOGNISED);
        assertThat(Presented.by(new TestExchange().with("DD-APPLICATION-KEY", TOKEN + "," + OTHER)))
                .isEqualTo(Presented.UNRECOGNISED);
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
        assertThat(Presented.by(new TestExchange().with("Authorization", scheme + TOKEN)))
                .isEqualTo(Presented.UNRECOGNISED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Bearer", "Bearer ", "Basic dXNlcjpwYXNz", "token"})
    void a_header_without_a_token_is_a_credential_that_is_none(String value) {
        assertThat(Presented.by(new TestExchange().with("Authorization", value)))
                .isEqualTo(Presented.UNRECOGNISED);
    }

    @Test
    void a_blank_behind_the_token_is_not_trimmed_away() {
        assertThat(Presented.by(new TestExchange().with("Authorization", "Bearer " + TOKEN + " ")))
                .isEqualTo(Presented.UNRECOGNISED);
        assertThat(Presented.by(new TestExchange().with("DD-APPLICATION-KEY", " " + TOKEN)))
                .isEqualTo(Presented.UNRECOGNISED);
    }

    private static UUID id(Presented presented) {
        return ((Presented.Token) presented).text().id();
    }
}
