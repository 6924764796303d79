package dev.sallyport.acceptance;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.Counter;
import io.micrometer.datadog.DatadogConfig;
import io.micrometer.datadog.DatadogMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Micrometer's Datadog registry, unmodified, through nginx: it sends its keys in the query, as it does in the wild. */
class MicrometerTest {

    @TempDir
    @Nullable
    Path folder;

    private static DatadogConfig config(Gateway nginx, String apiKey, @Nullable String applicationKey) {
        return new DatadogConfig() {
            @Override
            public @Nullable String get(String key) {
                return switch (key) {
                    case "datadog.uri" -> "http://127.0.0.1:" + nginx.port();
                    case "datadog.apiKey" -> apiKey;
                    case "datadog.applicationKey" -> applicationKey;
                    case "datadog.step" -> "1h";
                    default -> null;
                };
            }
        };
    }

    /** Its last metrics are sent when it is closed, so nothing has to be waited for. */
    private static void send(DatadogConfig config) {
        var registry = new DatadogMeterRegistry(config, Clock.SYSTEM);
        Counter.builder("deploys")
                .description("Deployments.")
                .tag("team", "door")
                .register(registry)
                .increment();
        registry.close();
    }

    @Test
    void metrics_reach_the_api_with_an_api_key_in_the_query_and_the_key_does_not() {
        var store = Store.withLegacyKeys(requireNonNull(folder), StoreKind.SQLITE);
        try (var server = store.serve();
                var upstream = Upstream.start();
                var nginx = Nginx.start(requireNonNull(folder).resolve("nginx"), server, upstream.port(), "datadog")) {
            send(config(nginx, store.apiKey(), null));
            var allowed = upstream.arrivedSince();
            send(config(nginx, store.apiKey(), store.applicationKey()));
            var withMetadata = upstream.arrivedSince();
            send(config(nginx, "0".repeat(32), null));
            var refused = upstream.arrivedSince();

            assertThat(allowed).anySatisfy(call -> {
                assertThat(call.method()).isEqualTo("POST");
                assertThat(call.uri()).startsWith("/api/v1/series").doesNotContain(store.apiKey());
                assertThat(call.body()).contains("deploys");
                assertThat(call.header("Sallyport-Credential-Kind")).isEqualTo("api_key");
                assertThat(call.header("Sallyport-Organization")).isEqualTo(store.organization());
            });
            assertThat(withMetadata).anySatisfy(call -> {
                assertThat(call.method()).isEqualTo("PUT");
                assertThat(call.uri())
                        .startsWith("/api/v1/metrics/deploys")
                        .doesNotContain(store.apiKey())
                        .doesNotContain(store.applicationKey());
                assertThat(call.header("Sallyport-Credential-Kind")).isEqualTo("application_key");
                assertThat(call.header("Sallyport-Principal")).isEqualTo(store.admin());
            });
            assertThat(refused).isEmpty();
            assertThat(server.log()).doesNotContain(store.apiKey()).doesNotContain(store.applicationKey());
            server.terminate();
            assertThat(server.awaitEnd())
                    .as("it stops by itself, within " + Duration.ofSeconds(30))
                    .isZero();
        }
    }
}
