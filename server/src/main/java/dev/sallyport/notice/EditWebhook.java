package dev.sallyport.notice;

import dev.sallyport.audit.Actor;
import dev.sallyport.audit.Asset;
import dev.sallyport.audit.AuditAction;
import dev.sallyport.audit.ChangeTrail;
import dev.sallyport.identity.Caller;
import dev.sallyport.sql.Database;
import dev.sallyport.sql.Transaction;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Changes a webhook. What waits for one that is disabled is given up. */
final class EditWebhook {

    /** Null keeps what there is. */
    record Request(
            WebhookId id,
            @Nullable String name,
            @Nullable String url,
            @Nullable List<String> events,
            @Nullable Boolean isEnabled) {
        @Override
        public String toString() {
            return "EditWebhook.Request(" + id + ")";
        }
    }

    sealed interface Result {
        record Edited(Webhook webhook) implements Result {}

        /** Or of another organization. */
        record NotFound() implements Result {}

        record Refused(Refusal refusal) implements Result {}
    }

    private final Database database;
    private final WebhookStore webhooks;
    private final DeliveryStore deliveries;
    private final WebhookRules rules;
    private final ChangeTrail trail;
    private final InstantSource clock;

    EditWebhook(
            Database database,
            WebhookStore webhooks,
            DeliveryStore deliveries,
            WebhookRules rules,
            ChangeTrail trail,
            InstantSource clock) {
        this.database = database;
        this.webhooks = webhooks;
        this.deliveries = deliveries;
        this.rules = rules;
        this.trail = trail;
        this.clock = clock;
    }

    Result edit(Caller caller, Request request) {
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        return database.inTransaction(transaction -> edit(transaction, caller, request, now));
    }

    private Result edit(Transaction transaction, Caller caller, Request request, Instant now) {
        var held = webhooks.hold(transaction, caller.organization().id(), request.id());
        if (held.isEmpty()) {
            return new Result.NotFound();
        }
        var before = held.get();
        var name = request.name() == null ? before.name() : request.name();
        var url = request.url() == null ? before.url() : request.url();
        var events = request.events() == null
                ? before.events().stream().map(EventType::wireName).toList()
                : request.events();
        var refused = rules.refusal(name, url, events);
        if (refused.isPresent()) {
            return new Result.Refused(refused.get());
        }
        var after = new Webhook(
                before.id(),
                before.organization(),
                name,
                url,
                WebhookRules.events(events),
                state(before, request.isEnabled()),
                before.createdAt(),
                now,
                before.previousUntil());
        webhooks.update(transaction, after);
        if (!after.isEnabled()) {
            deliveries.giveUp(transaction, after.organization(), after.id());
        }
        trail.record(
                transaction,
                Actor.of(caller),
                AuditAction.WEBHOOK_EDITED,
                new Asset(after.id().toString(), after.name()),
                Map.of(
                        "name_before", before.name(),
                        "host_before", before.host(),
                        "host", after.host(),
                        "state", after.state().code()),
                now);
        return new Result.Edited(after);
    }

    private static Webhook.State state(Webhook before, @Nullable Boolean isEnabled) {
        if (isEnabled == null) {
            return before.state();
        }
        return isEnabled ? Webhook.State.ENABLED : Webhook.State.DISABLED;
    }
}
