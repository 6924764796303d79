package dev.sallyport.notice;

import dev.sallyport.audit.Actor;
import dev.sallyport.audit.Asset;
import dev.sallyport.audit.AuditAction;
import dev.sallyport.audit.ChangeTrail;
import dev.sallyport.http.Method;
import dev.sallyport.http.Outbound;
import dev.sallyport.http.OutboundRequest;
import dev.sallyport.http.Reply;
import dev.sallyport.identity.OrganizationId;
import dev.sallyport.sql.Database;
import dev.sallyport.sql.Transaction;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends the deliveries whose time has come: an organization's one after the other, several organizations at once. */
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
    private final Set<OrganizationId> served = ConcurrentHashMap.newKeySet();

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

    /**
     * Begins to send what is due. An organization has one sender at a time, so that one with slow receivers delays no other;
     * what is due to one that is still being served waits for a later pass.
     *
     * @return for each organization that is served, how many deliveries came to an end or to another attempt
     */
    List<Future<Integer>> begin(ExecutorService senders) {
        var due = database.reading(
                transaction -> deliveries.due(transaction, now(), limits.mostAtOnce(), limits.mostPerPass()));
        return due.stream().collect(Collectors.groupingBy(DeliveryStore.Due::organization)).entrySet().stream()
                .filter(entry -> served.add(entry.getKey()))
                .map(entry -> senders.submit(() -> serve(entry.getKey(), entry.getValue())))
                .toList();
    }

    private int serve(OrganizationId organization, List<DeliveryStore.Due> due) {
        try {
            return deliverAll(due);
        } finally {
            served.remove(organization);
        }
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    private int deliverAll(List<DeliveryStore.Due> list) {
        var done = 0;
        var failing = new HashSet<WebhookId>();
        for (var due : list) {
            if (failing.contains(due.webhook())) {
                continue;
            }
            switch (deliver(due)) {
                case DONE -> done++;
                case FAILED -> {
                    done++;
                    failing.add(due.webhook());
                }
                case LEFT -> {}
            }
        }
        return done;
    }

    private enum Attempt {
        DONE,
        FAILED,
        /** Somebody else's, or the program ends. */
        LEFT
    }

    private Attempt deliver(DeliveryStore.Due due) {
        try {
            var now = now();
            var taken = database.inTransaction(transaction -> take(transaction, due, now));
            return taken.isEmpty() ? Attempt.LEFT : send(due, taken.get(), now);
        } catch (RuntimeException e) {
            // The attempt ends with its lease; a later pass tries again.
            LOG.warn("Delivery {} failed: {}", due.id(), e.getMessage());
            return Attempt.LEFT;
        }
    }

    private record Taken(String url, String payload, List<SigningSecret> secrets) {
        @Override
        public String toString() {
            return "Taken(hidden)";
        }
    }

    private Attempt send(DeliveryStore.Due due, Taken taken, Instant now) {
        return switch (outbound.send(request(due, taken, now))) {
            case Outbound.Result.Answered(var status, var _, var _) -> settle(due, status);
            // A server that is being stopped has not tried.
            case Outbound.Result.Unreachable(var reason) ->
                reason == Outbound.Reason.CLOSED
                        ? Attempt.LEFT
                        : putOff(due, reason.name().toLowerCase(Locale.ROOT));
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

    private Attempt settle(DeliveryStore.Due due, int status) {
        if (status >= 200 && status < 300) {
            metrics.count(NoticeMetrics.Outcome.DELIVERED);
            settle(due, Delivery.State.DELIVERED, now(), String.valueOf(status));
            return Attempt.DONE;
        }
        if (status == GONE) {
            metrics.count(NoticeMetrics.Outcome.GONE);
            disable(due);
            return Attempt.FAILED;
        }
        return putOff(due, String.valueOf(status));
    }

    private Attempt putOff(DeliveryStore.Due due, String result) {
        if (due.attempts() < limits.pauses().size()) {
            metrics.count(NoticeMetrics.Outcome.FAILED);
            settle(due, Delivery.State.WAITING, now().plus(limits.pauses().get(due.attempts())), result);
        } else {
            metrics.count(NoticeMetrics.Outcome.GIVEN_UP);
            settle(due, Delivery.State.GIVEN_UP, now(), result);
        }
        return Attempt.FAILED;
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
