package dev.sallyport.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApiHostTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "api.example.com",
                "API.Example.COM:8443",
                "localhost",
                "localhost:1",
                "xn--caf-dma.example",
                "1a.2b",
                "192.0.2.1",
                "192.0.2.1:65535",
                "[::1]",
                "[2001:DB8::1]:443"
            })
    void names_and_addresses_are_hosts_in_lower_case(String text) {
        assertThat(ApiHost.parse(text)).contains(new ApiHost(text.toLowerCase(java.util.Locale.ROOT)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                ".",
                "a.",
                ".a",
                "a..b",
                "-a",
                "a-",
                "a_b",
                "caf\u00e9",
                "\u212Aelvin",
                "a b",
                "a/b",
                "a@b",
                "a?b",
                "https://a",
                "a:",
                "a:0",
                "a:65536",
                "a:080",
                "a:1:2",
                ":80",
                "1.2.3",
                "256.1.1.1",
                "0x7f.1",
                "10",
                "::1",
                "[::1",
                "[]",
                "[::1]x",
                "[::1]:",
                "[1.2.3.4]",
                "[fe80::1%eth0]",
                "[::g]",
                "a\u0000",
                "a\n"
            })
    void everything_else_is_no_host(String text) {
        assertThat(ApiHost.parse(text)).isEmpty();
    }

    @org.junit.jupiter.api.Test
    void length_is_bounded() {
        assertThat(ApiHost.parse("a".repeat(63) + ".example")).isPresent();
        assertThat(ApiHost.parse("a".repeat(64) + ".example")).isEmpty();
        assertThat(ApiHost.parse("a.".repeat(126) + "b")).isPresent();
        assertThat(ApiHost.parse("a.".repeat(126) + "bc")).isEmpty();
        assertThat(ApiHost.parse("a".repeat(100_000))).isEmpty();
    }
}
