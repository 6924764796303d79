package dev.sallyport;

import dev.sallyport.http.Method;
import dev.sallyport.http.Reply;
import dev.sallyport.http.Route;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;

/** What this node counts, in the text format of Prometheus. It belongs at the doors' address: figures are the operator's. */
final class Metrics implements AutoCloseable {

    private static final String TEXT_FORMAT = "text/plain; version=0.0.4; charset=utf-8";

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

    /** Where features put their counters and gauges. */
    MeterRegistry registry() {
        return registry;
    }

    Route route() {
        return Route.open(
                Method.GET, "/metrics", "Metrics", _ -> Reply.text(200, TEXT_FORMAT, registry.scrape(TEXT_FORMAT)));
    }

    @Override
    public void close() {
        registry.close();
    }
}
