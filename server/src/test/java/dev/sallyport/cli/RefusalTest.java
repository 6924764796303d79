package dev.sallyport.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RefusalTest {

    @ParameterizedTest
    @CsvSource({
        "400,6", "401,3", "403,4", "404,5", "409,6", "413,6", "422,6", "429,7", "500,7", "503,7", "302,1", "418,1"
    })
    void every_status_has_its_exit_code(int status, int exitCode) {
        assertThat(refusal(status, "").exitCode().code()).isEqualTo(exitCode);
    }

    @Test
    void errors_of_the_management_api_are_told() {
        assertThat(refusal(403, "{\"errors\":[\"Forbidden\",\"really\"]}").message())
                .startsWith("Forbidden; really (403) Use a token");
    }

    @Test
    void errors_of_json_api_are_told() {
        assertThat(refusal(400, "{\"errors\":[{\"title\":\"Bad\",\"detail\":\"no name\"},{\"title\":\"Worse\"}]}")
                        .message())
                .startsWith("no name; Worse (400)");
    }

    @Test
    void problems_are_told_line_by_line() {
        assertThat(refusal(400, "{\"title\":\"Bad Request\",\"detail\":\"one\\ntwo\"}")
                        .message())
                .startsWith("one\n  two (400)");
    }

    @Test
    void an_answer_that_is_not_json_is_told_by_its_status() {
        assertThat(refusal(502, "<html>").message()).startsWith("The server answered 502.");
    }

    @Test
    void nothing_in_an_answer_reaches_the_terminal_as_a_control() {
        var message = refusal(400, "{\"errors\":[\"\\u001b[2Jgone\\u009b31m\\u202e\\r\\nnext\"]}")
                .message();

        assertThat(message).startsWith("[2Jgone31m").doesNotContain("\u001b", "\u009b", "\u202e", "\r");
    }

    private static Failure refusal(int status, String body) {
        return Refusal.of(status, body.getBytes(StandardCharsets.UTF_8));
    }
}
