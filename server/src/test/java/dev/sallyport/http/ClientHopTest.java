package dev.sallyport.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClientHopTest {

    private static final String PEER = "10.0.0.1";

    @Test
    void without_a_proxy_the_header_is_ignored() {
        assertThat(ClientHop.DIRECT.address(PEER, List.of("1.2.3.4"))).isEqualTo(PEER);
    }

    @Test
    void entries_are_counted_from_the_right_over_all_values() {
        var values = List.of("6.6.6.6, 1.1.1.1", "2.2.2.2 ,3.3.3.3");

        assertThat(new ClientHop(1).address(PEER, values)).isEqualTo("3.3.3.3");
        assertThat(new ClientHop(2).address(PEER, values)).isEqualTo("2.2.2.2");
        assertThat(new ClientHop(3).address(PEER, values)).isEqualTo("1.1.1.1");
        assertThat(new ClientHop(4).address(PEER, values)).isEqualTo("6.6.6.6");
    }

    @Test
    void with_too_few_entries_it_is_the_peer() {
        assertThat(new ClientHop(1).address(PEER, List.of())).isEqualTo(PEER);
        assertThat(new ClientHop(3).address(PEER, List.of("1.1.1.1, 2.2.2.2"))).isEqualTo(PEER);
    }

    @Test
    void an_empty_entry_counts_and_is_no_address() {
        assertThat(new ClientHop(1).address(PEER, List.of("1.1.1.1,"))).isEqualTo(PEER);
        assertThat(new ClientHop(2).address(PEER, List.of("1.1.1.1,"))).isEqualTo("1.1.1.1");
        assertThat(new ClientHop(2).address(PEER, List.of("1.1.1.1", ""))).isEqualTo("1.1.1.1");
    }

    @Test
    void an_entry_that_is_no_address_is_not_believed() {
        assertThat(new ClientHop(1).address(PEER, List.of("localhost"))).isEqualTo(PEER);
        assertThat(new ClientHop(1).address(PEER, List.of("1.1.1.1:80"))).isEqualTo(PEER);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "255.255.255.255",
                "::",
                "::1",
                "1::",
                "2001:db8::8a2e:370:7334",
                "1:2:3:4:5:6:7:8",
                "::ffff:192.0.2.1",
                "1:2:3:4:5:6:192.0.2.1",
                "FE80::1"
            })
    void addresses_are_told(String text) {
        assertThat(IpLiteral.matches(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1.2.3",
                "1.2.3.4.5",
                "256.1.1.1",
                "01.2.3.4",
                "1.2.3.\uff14",
                "0x1.2.3.4",
                "1.2.3.4 ",
                ":",
                ":::",
                "1::2::3",
                "1:2:3:4:5:6:7",
                "1:2:3:4:5:6:7:8:9",
                "::1:2:3:4:5:6:7:8",
                "12345::",
                "fe80::1%eth0",
                "[::1]",
                "1.2.3.4::",
                "::1.2.3.4:5",
                "g::",
                ":1::",
                "1:2:3:4:5:6:7:",
                "localhost"
            })
    void anything_else_is_not(String text) {
        assertThat(IpLiteral.matches(text)).isFalse();
    }

    @Test
    void hops_are_bounded() {
        assertThatThrownBy(() -> new ClientHop(-1)).hasMessageContaining("from 0 to 16");
        assertThatThrownBy(() -> new ClientHop(17)).hasMessageContaining("from 0 to 16");
    }
}
