package dev.sallyport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.http.FakeRequest;
import dev.sallyport.http.Reply;
import dev.sallyport.http.Route;
import org.junit.jupiter.api.Test;

class MetricsTest {

    @Test
    void what_a_feature_counts_is_shown_in_the_text_format_of_prometheus() {
        try (var metrics = new Metrics()) {
            metrics.registry().counter("sallyport_things", "outcome", "done").increment(2);

            var handler = ((Route.Target.Open) metrics.route().target()).handler();
            var body = (Reply.Body.Text) ((Reply) handler.handle(FakeRequest.get("/metrics"))).body();

            assertThat(body.mediaType()).startsWith("text/plain; version=0.0.4");
            assertThat(body.text()).contains("sallyport_things_total{outcome=\"done\"} 2.0\n");
        }
    }
}
