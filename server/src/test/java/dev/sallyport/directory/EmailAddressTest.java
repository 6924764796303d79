package dev.sallyport.directory;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EmailAddressTest {

    @ParameterizedTest
    @ValueSource(strings = {"ann@acme.example", "a+b@x", "Ann.O'Neil@ACME.example", "zoë@bücher.example"})
    void a_plain_address_is_accepted(String email) {
        assertThat(EmailAddress.problemWith(email)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "ann",
                "@acme.example",
                "ann@",
                "a@b@c",
                "a b@c",
                " a@b",
                "a@b\n",
                "a\u0000@b",
                "a\u202E@b",
                "a\u00A0@b",
                "a\uFF20b@c",
                "a@\uFF20",
                "a\uD83D@b"
            })
    void what_is_no_address_is_refused(String email) {
        assertThat(EmailAddress.problemWith(email)).isPresent();
    }

    @Test
    void an_address_has_at_most_254_characters() {
        assertThat(EmailAddress.problemWith("a".repeat(252) + "@b")).isEmpty();
        assertThat(EmailAddress.problemWith("a".repeat(253) + "@b"))
                .contains("The e-mail address must have at most 254 characters.");
    }
}
