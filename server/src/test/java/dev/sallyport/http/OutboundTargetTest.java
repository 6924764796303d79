package dev.sallyport.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutboundTargetTest {

    @Test
    void a_url_is_taken_apart() {
        assertThat(OutboundTarget.parse("https://Hooks.Example:8443/a%20b?c=d/e"))
                .contains(new OutboundTarget(true, "hooks.example", 8443, "/a%20b?c=d/e"));
        assertThat(OutboundTarget.parse("https://hooks.example"))
                .contains(new OutboundTarget(true, "hooks.example", 443, "/"));
        assertThat(OutboundTarget.parse("http://hooks.example?x"))
                .contains(new OutboundTarget(false, "hooks.example", 80, "/?x"));
        assertThat(OutboundTarget.parse("https://[2606:4700::1111]:444/"))
                .contains(new OutboundTarget(true, "2606:4700::1111", 444, "/"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "hooks.example",
                "//hooks.example/",
                "ftp://hooks.example/",
                "HTTPS://hooks.example/",
                "https:///path",
                "https://user@hooks.example/",
                "https://user:word@hooks.example/",
                "https://a@b@hooks.example/",
                "https://hooks.example#fragment",
                "https://hooks.example/#fragment",
                "https://hooks.example:/",
                "https://hooks.example:0/",
                "https://hooks.example:65536/",
                "https://hooks.example:٤٤٣/",
                "https://hooks..example/",
                "https://hooks.example./",
                "https://-hooks.example/",
                "https://hooks_example/",
                "https://127.1/",
                "https://2130706433/",
                "https://0x7f.1/",
                "https://0177.0.0.1/",
                "https://1.2.3.4.5/",
                "https://[127.0.0.1]/",
                "https://[::1%25lo]/",
                "https://[::1/",
                "https://::1/",
                "https://hooks.example/a b",
                "https://hooks.example/\r\nHost: other",
                "https://hooks.example/%zz",
                "https://hooks.example\\@other.example/",
                "https://hööks.example/",
                "https://hooks.example/ü"
            })
    void anything_that_two_parsers_could_read_differently_is_refused(String url) {
        assertThat(OutboundTarget.parse(url)).isEmpty();
    }

    @Test
    void a_url_of_more_than_2048_characters_is_refused() {
        var longest = "https://hooks.example/" + "a".repeat(2_048 - "https://hooks.example/".length());

        assertThat(OutboundTarget.parse(longest)).isPresent();
        assertThat(OutboundTarget.parse(longest + "a")).isEmpty();
    }
}
