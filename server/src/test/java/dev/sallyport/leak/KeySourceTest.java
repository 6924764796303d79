package dev.sallyport.leak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sallyport.http.Method;
import dev.sallyport.http.Outbound;
import dev.sallyport.http.OutboundLimits;
import dev.sallyport.http.Reply;
import dev.sallyport.http.Route;
import dev.sallyport.http.TestServer;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class KeySourceTest {

    private final FakeGithub github = new FakeGithub();
    private final TestServer server = TestServer.serving(
            List.of(
                    Route.open(
                            Method.GET, "/keys", "Keys", _ -> Reply.text(200, "application/json", github.document())),
                    Route.open(
                            Method.GET,
                            "/moved",
                            "Moved",
                            _ -> Reply.text(302, "text/plain", "").with("Location", "/keys"))),
            TestServer.OPEN_GATE);
    private final Outbound outbound = Outbound.open(
            OutboundLimits.DEFAULT, Set.of("127.0.0.1:" + server.uri("/").getPort()));

    @AfterEach
    void close() {
        outbound.close();
        server.close();
    }

    @Test
    void published_keys_are_fetched() {
        var keys = new GithubKeys(KeySource.over(outbound), server.uri("/keys"), System::nanoTime);

        assertThat(keys.key(FakeGithub.VECTOR_ID)).isInstanceOf(GithubKeys.Answer.Found.class);
        assertThat(keys.key("other")).isInstanceOf(GithubKeys.Answer.Unknown.class);
    }

    @Test
    void an_answer_that_is_no_list_or_too_long_is_a_failure() {
        var source = KeySource.over(outbound);

        assertThatThrownBy(() -> source.fetch(server.uri("/moved"), 1_000_000)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> source.fetch(server.uri("/nothing"), 1_000_000))
                .isInstanceOf(IOException.class);
        assertThatThrownBy(() -> source.fetch(server.uri("/keys"), 100)).isInstanceOf(IOException.class);
    }

    @Test
    void an_address_that_is_not_public_is_not_called() {
        try (var strict = Outbound.open(OutboundLimits.DEFAULT, Set.of())) {
            var keys = new GithubKeys(KeySource.over(strict), server.uri("/keys"), System::nanoTime);

            assertThat(keys.key(FakeGithub.VECTOR_ID)).isInstanceOf(GithubKeys.Answer.Unreachable.class);
        }
    }
}
