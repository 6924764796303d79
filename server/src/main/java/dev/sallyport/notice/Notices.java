package dev.sallyport.notice;

import dev.sallyport.audit.ChangeTrail;
import dev.sallyport.http.Method;
import dev.sallyport.http.Outbound;
import dev.sallyport.http.Route;
import dev.sallyport.jose.KeyEncryption;
import dev.sallyport.permission.Permissions;
import dev.sallyport.permission.Requirement;
import dev.sallyport.sql.Database;
import io.micrometer.core.instrument.MeterRegistry;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Webhooks, and the announcement of credentials that are about to end. */
public final class Notices implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Notices.class);
    private static final String PATH = "/sallyport/v1/webhooks";
    private static final String WEBHOOK_PATH = PATH + "/{webhook_id}";
    private static final Duration ANNOUNCING = Duration.ofMinutes(1);
    private static final Duration DELIVERING = Duration.ofSeconds(2);
    private static final Duration END = Duration.ofSeconds(5);
    private static final int SENDERS = 8;

    private final InstantSource clock;
    private final List<Route> routes;
    private final AnnounceExpiry announceExpiry;
    private final DeliverDue deliverDue;
    private final ScheduledExecutorService announcer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("expiry-announcer").daemon().factory());
    private final ScheduledExecutorService courier = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("webhook-courier").daemon().factory());
    private final ExecutorService senders = Executors.newFixedThreadPool(
            SENDERS, Thread.ofPlatform().name("webhook-sender-", 1).daemon().factory());

    /** @param encryption seals the secrets of webhooks */
    public Notices(
            Database database,
            ChangeTrail trail,
            Permissions permissions,
            KeyEncryption encryption,
            Outbound outbound,
            MeterRegistry registry,
            InstantSource clock,
            SecureRandom random) {
        this.clock = clock;
        var limits = NoticeLimits.DEFAULT;
        var metrics = new NoticeMetrics(registry);
        var webhooks = new WebhookStore(encryption);
        var deliveries = new DeliveryStore();
        var rules = new WebhookRules(outbound);
        announceExpiry =
                new AnnounceExpiry(database, new ExpiryNoticeStore(), webhooks, deliveries, trail, limits, metrics);
        deliverDue = new DeliverDue(database, webhooks, deliveries, outbound, trail, limits, metrics, clock);
        var managing = Requirement.anyOf(permissions.require("org_management"));
        routes = List.of(
                Route.of(
                        Method.POST,
                        PATH,
                        "CreateWebhook",
                        managing,
                        new CreateWebhookHandler(
                                new CreateWebhook(database, webhooks, rules, trail, limits, clock, random))),
                Route.of(Method.GET, PATH, "ListWebhooks", managing, new ListWebhooksHandler(database, webhooks)),
                Route.of(Method.GET, WEBHOOK_PATH, "ReadWebhook", managing, new ReadWebhookHandler(database, webhooks)),
                Route.of(
                        Method.PATCH,
                        WEBHOOK_PATH,
                        "EditWebhook",
                        managing,
                        new EditWebhookHandler(new EditWebhook(database, webhooks, deliveries, rules, trail, clock))),
                Route.of(
                        Method.DELETE,
                        WEBHOOK_PATH,
                        "DeleteWebhook",
                        managing,
                        new DeleteWebhookHandler(new DeleteWebhook(database, webhooks, deliveries, trail, clock))),
                Route.of(
                        Method.POST,
                        WEBHOOK_PATH + "/rotate",
                        "RotateWebhookSecret",
                        managing,
                        new RotateWebhookSecretHandler(
                                new RotateWebhookSecret(database, webhooks, trail, limits, clock, random))),
                Route.of(
                        Method.POST,
                        WEBHOOK_PATH + "/test",
                        "TestWebhook",
                        managing,
                        new TestWebhookHandler(
                                new TestWebhook(database, webhooks, deliveries, limits, clock), this::wake)),
                Route.of(
                        Method.GET,
                        WEBHOOK_PATH + "/deliveries",
                        "ListWebhookDeliveries",
                        managing,
                        new ListDeliveriesHandler(database, webhooks, deliveries)));
    }

    public List<Route> routes() {
        return routes;
    }

    /** Begins to announce and to deliver, at once and from then on. */
    public void start() {
        var _ = announcer.scheduleWithFixedDelay(
                () -> attempt(this::announce), 0, ANNOUNCING.toSeconds(), TimeUnit.SECONDS);
        var _ = courier.scheduleWithFixedDelay(
                () -> attempt(this::beginDelivering), 0, DELIVERING.toSeconds(), TimeUnit.SECONDS);
    }

    private void wake() {
        try {
            courier.execute(() -> attempt(this::beginDelivering));
        } catch (RejectedExecutionException _) {
            // Closed: what waits is sent after the next start.
        }
    }

    /** A pass that fails is followed by another. */
    private static void attempt(Runnable pass) {
        try {
            pass.run();
        } catch (RuntimeException e) {
            LOG.warn("Notices wait for the next attempt: {}", e.getMessage());
        }
    }

    private void beginDelivering() {
        var _ = deliverDue.begin(senders);
    }

    private void announce() {
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        if (announce(now) > 0) {
            wake();
        }
        announceExpiry.forget(now);
    }

    /** Announces what is due at that moment; how many this node announced. */
    int announce(Instant now) {
        return announceExpiry.announce(now);
    }

    /** Sends what is due and waits for it; how many attempts were made. */
    int deliver() throws InterruptedException, ExecutionException {
        var attempts = 0;
        for (var served : deliverDue.begin(senders)) {
            attempts += served.get();
        }
        return attempts;
    }

    /** Cuts off what is being sent; it is sent again after its lease, by whichever node looks first. */
    @Override
    public void close() {
        announcer.shutdownNow();
        courier.shutdownNow();
        senders.shutdownNow();
        try {
            var deadline = System.nanoTime() + END.toNanos();
            for (var threads : List.of(announcer, courier, senders)) {
                if (!threads.awaitTermination(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                    LOG.warn("Webhooks are still being called after {} s; they are given up", END.toSeconds());
                }
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
