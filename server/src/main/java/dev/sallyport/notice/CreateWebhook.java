package dev.sallyport.notice;

import dev.sallyport.audit.Actor;
import dev.sallyport.audit.Asset;
import dev.sallyport.audit.AuditAction;
import dev.sallyport.audit.ChangeTrail;
import dev.sallyport.identity.Caller;
import dev.sallyport.sql.Database;
import dev.sallyport.sql.Transaction;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;

/** Makes a webhook of the caller's organization, with a secret that is shown this once. */
final class CreateWebhook {

    record Request(String name, String url, List<String> events) {
        @Override
        public String toString() {
            return "CreateWebhook.Request(hidden)";
        }
    }

    sealed interface Result {
        record Created(Webhook webhook, SigningSecret secret) implements Result {}

        record Refused(Refusal refusal) implements Result {}
    }

    private final Database database;
    private final WebhookStore webhooks;
    private final WebhookRules rules;
    private final ChangeTrail trail;
    private final NoticeLimits limits;
    private final InstantSource clock;
    private final SecureRandom random;

    CreateWebhook(
            Database database,
            WebhookStore webhooks,
            WebhookRules rules,
            ChangeTrail trail,
            NoticeLimits limits,
            InstantSource clock,
            SecureRandom random) {
        this.database = database;
        this.webhooks = webhooks;
        this.rules = rules;
        this.trail = trail;
        this.limits = limits;
        this.clock = clock;
        this.random = random;
    }

    Result create(Caller caller, Request request) {
        var refused = rules.refusal(request.name(), request.url(), request.events());
        if (refused.isPresent()) {
            return new Result.Refused(refused.get());
        }
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        var webhook = new Webhook(
                WebhookId.random(),
                caller.organization().id(),
                request.name(),
                request.url(),
                WebhookRules.events(request.events()),
                Webhook.State.ENABLED,
                now,
                now,
                null);
        var secret = SigningSecret.mint(random);
        return database.inTransaction(transaction -> create(transaction, caller, webhook, secret));
    }

    private Result create(Transaction transaction, Caller caller, Webhook webhook, SigningSecret secret) {
        if (!webhooks.insert(transaction, webhook, secret, limits.mostWebhooks())) {
            return new Result.Refused(new Refusal.TooManyWebhooks(limits.mostWebhooks()));
        }
        trail.record(
                transaction,
                Actor.of(caller),
                AuditAction.WEBHOOK_CREATED,
                new Asset(webhook.id().toString(), webhook.name()),
                Map.of("host", webhook.host()),
                webhook.createdAt());
        return new Result.Created(webhook, secret);
    }
}
