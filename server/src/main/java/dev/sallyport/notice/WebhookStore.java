package dev.sallyport.notice;

import dev.sallyport.identity.DisplayName;
import dev.sallyport.identity.OrganizationId;
import dev.sallyport.jose.KeyEncryption;
import dev.sallyport.sql.Row;
import dev.sallyport.sql.Transaction;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The {@code webhook} table. Secrets go in and come out sealed. */
final class WebhookStore {

    private final KeyEncryption encryption;

    WebhookStore(KeyEncryption encryption) {
        this.encryption = encryption;
    }

    /** False if the organization has that many already. Its row is held until the commit, so the count is exact. */
    boolean insert(Transaction transaction, Webhook webhook, SigningSecret secret, int most) {
        var organization = webhook.organization().value();
        transaction
                .sql("UPDATE organization SET created_at = created_at WHERE id = ?")
                .with(organization)
                .update();
        return transaction
                        .sql("""
                                INSERT INTO webhook (id, organization_id, name, name_folded, url, events, state, secret,
                                    created_at, modified_at)
                                SELECT ?, ?, ?, ?, ?, ?, ?, ?, ?, ?
                                WHERE (SELECT count(*) FROM webhook WHERE organization_id = ?) < ?
                                """)
                        .with(
                                webhook.id().value(),
                                organization,
                                webhook.name(),
                                DisplayName.folded(webhook.name()),
                                webhook.url(),
                                text(webhook.events()),
                                webhook.state().code(),
                                encryption.seal(place(webhook.organization(), webhook.id(), "secret"), secret.bytes()),
                                webhook.createdAt(),
                                webhook.modifiedAt(),
                                organization,
                                most)
                        .update()
                == 1;
    }

    List<Webhook> list(Transaction transaction, OrganizationId organization) {
        return transaction
                .sql("""
                        SELECT id, organization_id, name, url, events, state, previous_until, created_at, modified_at
                        FROM webhook WHERE organization_id = ? ORDER BY name_folded, id
                        """)
                .with(organization.value())
                .map(WebhookStore::webhook)
                .list();
    }

    Optional<Webhook> find(Transaction transaction, OrganizationId organization, WebhookId id) {
        return transaction
                .sql("""
                        SELECT id, organization_id, name, url, events, state, previous_until, created_at, modified_at
                        FROM webhook WHERE organization_id = ? AND id = ?
                        """)
                .with(organization.value(), id.value())
                .map(WebhookStore::webhook)
                .optional();
    }

    /** Takes the row until the commit, then reads it: no other change comes between. */
    Optional<Webhook> hold(Transaction transaction, OrganizationId organization, WebhookId id) {
        var held = transaction
                .sql("UPDATE webhook SET modified_at = modified_at WHERE organization_id = ? AND id = ?")
                .with(organization.value(), id.value())
                .update();
        return held == 1 ? find(transaction, organization, id) : Optional.empty();
    }

    void update(Transaction transaction, Webhook webhook) {
        transaction
                .sql("""
                        UPDATE webhook SET name = ?, name_folded = ?, url = ?, events = ?, state = ?, modified_at = ?
                        WHERE organization_id = ? AND id = ?
                        """)
                .with(
                        webhook.name(),
                        DisplayName.folded(webhook.name()),
                        webhook.url(),
                        text(webhook.events()),
                        webhook.state().code(),
                        webhook.modifiedAt(),
                        webhook.organization().value(),
                        webhook.id().value())
                .update();
    }

    void delete(Transaction transaction, OrganizationId organization, WebhookId id) {
        transaction
                .sql("DELETE FROM webhook WHERE organization_id = ? AND id = ?")
                .with(organization.value(), id.value())
                .update();
    }

    /** False if it is disabled already. */
    boolean disable(Transaction transaction, OrganizationId organization, WebhookId id, Instant now) {
        return transaction.sql("""
                                UPDATE webhook SET state = 'disabled', modified_at = ?
                                WHERE organization_id = ? AND id = ? AND state = 'enabled'
                                """).with(now, organization.value(), id.value()).update() == 1;
    }

    /** Puts another secret in the place of the present one, which goes on signing until then; the row is held. */
    void rotate(
            Transaction transaction,
            OrganizationId organization,
            WebhookId id,
            SigningSecret next,
            Instant now,
            Instant previousUntil) {
        var previous = secrets(transaction, organization, id, now).getFirst();
        transaction
                .sql("""
                        UPDATE webhook SET secret = ?, previous_secret = ?, previous_until = ?, modified_at = ?
                        WHERE organization_id = ? AND id = ?
                        """)
                .with(
                        encryption.seal(place(organization, id, "secret"), next.bytes()),
                        encryption.seal(place(organization, id, "previous_secret"), previous.bytes()),
                        previousUntil,
                        now,
                        organization.value(),
                        id.value())
                .update();
    }

    private record Sealed(Optional<SigningSecret> previous, SigningSecret present) {}

    /** What signs at that moment: the present secret first. */
    List<SigningSecret> secrets(Transaction transaction, OrganizationId organization, WebhookId id, Instant now) {
        return transaction
                .sql("""
                        SELECT secret, previous_secret, CASE WHEN previous_until > ? THEN 1 ELSE 0 END AS overlaps
                        FROM webhook WHERE organization_id = ? AND id = ?
                        """)
                .with(now, organization.value(), id.value())
                .map(row -> new Sealed(
                        row.number("overlaps") == 1
                                ? Optional.of(open(row, organization, id, "previous_secret"))
                                : Optional.empty(),
                        open(row, organization, id, "secret")))
                .optional()
                .map(found -> Stream.concat(Stream.of(found.present()), found.previous().stream())
                        .toList())
                .orElse(List.of());
    }

    private SigningSecret open(Row row, OrganizationId organization, WebhookId id, String column) {
        return SigningSecret.of(encryption.open(place(organization, id, column), row.bytes(column)));
    }

    private static KeyEncryption.Place place(OrganizationId organization, WebhookId id, String column) {
        return new KeyEncryption.Place("webhook", column, organization + "/" + id);
    }

    private static Webhook webhook(Row row) {
        return new Webhook(
                new WebhookId(row.uuid("id")),
                new OrganizationId(row.uuid("organization_id")),
                row.text("name"),
                row.text("url"),
                Arrays.stream(row.text("events").split(" "))
                        .flatMap(name -> EventType.parse(name).stream())
                        .collect(Collectors.toUnmodifiableSet()),
                Webhook.State.valueOf(row.text("state").toUpperCase(Locale.ROOT)),
                row.instant("created_at"),
                row.instant("modified_at"),
                row.optionalInstant("previous_until").orElse(null));
    }

    private static String text(Set<EventType> events) {
        return events.stream().map(EventType::wireName).sorted().collect(Collectors.joining(" "));
    }
}
