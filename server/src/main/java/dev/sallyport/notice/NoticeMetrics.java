package dev.sallyport.notice;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.ToDoubleFunction;

/** What is counted. The labels are few and fixed. */
final class NoticeMetrics {

    /** How an attempt to deliver ended, or that there was none. */
    enum Outcome {
        DELIVERED,
        /** To be tried again. */
        FAILED,
        GIVEN_UP,
        /** The endpoint said that it is gone, and was disabled. */
        GONE,
        /** Too many were waiting. */
        DROPPED
    }

    private final AtomicReference<ExpiryNoticeStore.Ending> ending =
            new AtomicReference<>(new ExpiryNoticeStore.Ending(0, 0, 0));
    private final Map<Outcome, Counter> deliveries = new EnumMap<>(Outcome.class);
    private final Counter announcements;

    NoticeMetrics(MeterRegistry registry) {
        gauge(registry, "1d", ExpiryNoticeStore.Ending::within1);
        gauge(registry, "7d", ExpiryNoticeStore.Ending::within7);
        gauge(registry, "30d", ExpiryNoticeStore.Ending::within30);
        for (var outcome : Outcome.values()) {
            deliveries.put(
                    outcome,
                    Counter.builder("sallyport_webhook_deliveries")
                            .description("Attempts to deliver to webhooks, by how they ended.")
                            .tag("outcome", outcome.name().toLowerCase(Locale.ROOT))
                            .register(registry));
        }
        announcements = Counter.builder("sallyport_expiry_announcements")
                .description("Announcements by this node that a credential is about to end.")
                .register(registry);
    }

    private void gauge(MeterRegistry registry, String within, ToDoubleFunction<ExpiryNoticeStore.Ending> count) {
        Gauge.builder("sallyport_credentials_expiring", ending, present -> count.applyAsDouble(present.get()))
                .description("Live credentials of all organizations that end within that time.")
                .tag("within", within)
                .strongReference(true)
                .register(registry);
    }

    void ending(ExpiryNoticeStore.Ending now) {
        ending.set(now);
    }

    void announced() {
        announcements.increment();
    }

    void count(Outcome outcome) {
        var counter = deliveries.get(outcome);
        if (counter != null) {
            counter.increment();
        }
    }
}
