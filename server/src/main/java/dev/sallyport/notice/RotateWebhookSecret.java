package dev.sallyport.notice;

import dev.sallyport.audit.Actor;
import dev.sallyport.audit.Asset;
import dev.sallyport.audit.AuditAction;
import dev.sallyport.audit.ChangeTrail;
import dev.sallyport.http.Rfc3339;
import dev.sallyport.identity.Caller;
import dev.sallyport.sql.Database;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;

/** Gives a webhook another secret; the one before signs beside it for a while, so that the receiver can follow. */
final class RotateWebhookSecret {

    sealed interface Result {
        record Rotated(Webhook webhook, SigningSecret secret) implements Result {}

        /** Or of another organization. */
        record NotFound() implements Result {}
    }

    private final Database database;
    private final WebhookStore webhooks;
    private final ChangeTrail trail;
    private final NoticeLimits limits;
    private final InstantSource clock;
    private final SecureRandom random;

    RotateWebhookSecret(
            Database database,
            WebhookStore webhooks,
            ChangeTrail trail,
            NoticeLimits limits,
            InstantSource clock,
            SecureRandom random) {
        this.database = database;
        this.webhooks = webhooks;
        this.trail = trail;
        this.limits = limits;
        this.clock = clock;
        this.random = random;
    }

    Result rotate(Caller caller, WebhookId id) {
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        var until = now.plus(limits.secretOverlap());
        var organization = caller.organization().id();
        var secret = SigningSecret.mint(random);
        return database.inTransaction(transaction -> {
            var held = webhooks.hold(transaction, organization, id);
            if (held.isEmpty()) {
                return new Result.NotFound();
            }
            webhooks.rotate(transaction, organization, id, secret, now, until);
            trail.record(
                    transaction,
                    Actor.of(caller),
                    AuditAction.WEBHOOK_SECRET_ROTATED,
                    new Asset(id.toString(), held.get().name()),
                    Map.of("previous_until", Rfc3339.format(until)),
                    now);
            return new Result.Rotated(
                    webhooks.find(transaction, organization, id).orElseThrow(), secret);
        });
    }
}
