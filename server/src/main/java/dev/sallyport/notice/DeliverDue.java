package dev.sallyport.notice;

import dev.sallyport.audit.Actor;
import dev.sallyport.audit.Asset;
import dev.sallyport.audit.AuditAction;
import dev.sallyport.audit.ChangeTrail;
import dev.sallyport.http.Method;
import dev.sallyport.http.Outbound;
import dev.sallyport.http.OutboundRequest;
import dev.sallyport.http.Reply;
import dev.sallyport.sql.Database;
import dev.sallyport.sql.Transaction;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends the deliveries whose time has come: each webhook's one after the other, several webhooks at once. */
final class DeliverDue {

    private static final Logger LOG = LoggerFactory.getLogger(DeliverDue.class);
    private static final int GONE = 410;

    private final Database database;
    private final WebhookStore webhooks;
    private final DeliveryStore deliveries;
    private final Outbound outbound;
    private final ChangeTrail trail;
    private final NoticeLimits limits;
    private final NoticeMetrics metrics;
    private final InstantSource clock;

    DeliverDue(
            Database database,
            WebhookStore webhooks,
            DeliveryStore deliveries,
            Outbound outbound,
            ChangeTrail trail,
            NoticeLimits limits,
            NoticeMetrics metrics,
            InstantSource clock) {
        this.database = database;
        this.webhooks = webhooks;
        this.deliveries = deliveries;
        this.outbound = outbound;
        this.trail = trail;
        this.limits = limits;
        this.metrics = metrics;
        this.clock = clock;
    }

    /** Returns when each has been sent or put off; how many came to an end or to another attempt. */
    int deliver(ExecutorService senders) throws InterruptedException {
        var due = database.reading(
                transaction -> deliveries.due(transaction, now(), limits.mostAtOnce(), limits.mostPerPass()));
        var byWebhook = due.stream().collect(Collectors.groupingBy(DeliveryStore.Due::webhook));
        var sending = byWebhook.values().stream()
                .<Callable<Integer>>map(list -> () -> deliverAll(list))
                .toList();
        return senders.invokeAll(sending).stream()
                .mapToInt(done -> done.state() == Future.State.SUCCESS ? done.resultNow() : 0)
                .sum();
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    private int deliverAll(List<DeliveryStore.Due> list) {
        var done = 0;
        for (var due : list) {
            try {
                done += deliver(due) ? 1 : 0;
            } catch (RuntimeException e) {
                // The attempt ends with its lease; the next pass tries again.
                LOG.warn("Delivery {} failed: {}", due.id(), e.getMessage());
            }
        }
        return done;
    }

    private record Taken(String url, String payload, List<SigningSecret> secrets) {
        @Override
        public String toString() {
            return "Taken(hidden)";
        }
    }

    private boolean deliver(DeliveryStore.Due due) {
        var now = now();
        var taken = database.inTransaction(transaction -> take(transaction, due, now));
        if (taken.isEmpty()) {
            return false;
        }
        return switch (outbound.send(request(due, taken.get(), now))) {
            case Outbound.Result.Answered(var status, var _, var _) -> {
                settle(due, status);
                yield true;
            }
            case Outbound.Result.Unreachable(var reason) -> {
                // A server that is being stopped has not tried.
                if (reason != Outbound.Reason.CLOSED) {
                    putOff(due, reason.name().toLowerCase(Locale.ROOT));
                }
                yield reason != Outbound.Reason.CLOSED;
            }
        };
    }

    private Optional<Taken> take(Transaction transaction, DeliveryStore.Due due, Instant now) {
        return webhooks.find(transaction, due.organization(), due.webhook())
                .filter(Webhook::isEnabled)
                .flatMap(webhook -> deliveries
                        .take(transaction, due, now, now.plus(limits.lease()))
                        .map(payload -> new Taken(
                                webhook.url(),
                                payload,
                                webhooks.secrets(transaction, due.organization(), due.webhook(), now))));
    }

    private static OutboundRequest request(DeliveryStore.Due due, Taken taken, Instant now) {
        var id = due.id().toString();
        var signatures = taken.secrets().stream()
                .map(secret -> secret.sign(id, now, taken.payload()))
                .collect(Collectors.joining(" "));
        return new OutboundRequest(
                Method.POST,
                taken.url(),
                List.of(
                        new Reply.Header("Content-Type", "application/json"),
                        new Reply.Header("webhook-id", id),
                        new Reply.Header("webhook-timestamp", String.valueOf(now.getEpochSecond())),
                        new Reply.Header("webhook-signature", signatures)),
                taken.payload());
    }

    private void settle(DeliveryStore.Due due, int status) {
        if (status >= 200 && status < 300) {
            metrics.count(NoticeMetrics.Outcome.DELIVERED);
            settle(due, Delivery.State.DELIVERED, now(), String.valueOf(status));
        } else if (status == GONE) {
            metrics.count(NoticeMetrics.Outcome.GONE);
            disable(due);
        } else {
            putOff(due, String.valueOf(status));
        }
    }

    private void putOff(DeliveryStore.Due due, String result) {
        if (due.attempts() < limits.pauses().size()) {
            metrics.count(NoticeMetrics.Outcome.FAILED);
            settle(due, Delivery.State.WAITING, now().plus(limits.pauses().get(due.attempts())), result);
        } else {
            metrics.count(NoticeMetrics.Outcome.GIVEN_UP);
            settle(due, Delivery.State.GIVEN_UP, now(), result);
        }
    }

    private void settle(DeliveryStore.Due due, Delivery.State state, Instant dueAt, String result) {
        database.inTransaction(transaction -> {
            deliveries.settle(transaction, due, state, dueAt, result);
            return true;
        });
    }

    /** The receiver asks not to be called again (410): nothing else waits for it either. */
    private void disable(DeliveryStore.Due due) {
        var now = now();
        database.inTransaction(transaction -> {
            var held = webhooks.hold(transaction, due.organization(), due.webhook());
            deliveries.settle(transaction, due, Delivery.State.GIVEN_UP, now, String.valueOf(GONE));
            deliveries.giveUp(transaction, due.organization(), due.webhook());
            if (held.isPresent() && webhooks.disable(transaction, due.organization(), due.webhook(), now)) {
                trail.record(
                        transaction,
                        Actor.operator(due.organization()),
                        AuditAction.WEBHOOK_DISABLED,
                        new Asset(due.webhook().toString(), held.get().name()),
                        Map.of("host", held.get().host(), "status", String.valueOf(GONE)),
                        now);
            }
            return true;
        });
    }
}
