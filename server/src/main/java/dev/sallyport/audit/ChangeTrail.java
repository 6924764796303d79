package dev.sallyport.audit;

import dev.sallyport.sql.Micros;
import dev.sallyport.sql.Transaction;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Records changes, each in the transaction that makes it: neither exists without the other. */
public final class ChangeTrail {

    /** What is stored of a change; the columns beside it are what the index reads by. */
    record Entry(
            @Nullable String principal,
            @Nullable String email,
            @Nullable String credential,
            @Nullable String credentialKind,
            @Nullable String credentialName,
            String address,
            String decision,
            String asset,
            String assetName,
            Map<String, String> details) {

        static Entry of(Actor actor, Asset asset, Map<String, String> details) {
            var user = actor.principal();
            var credential = actor.credential();
            return new Entry(
                    user == null ? null : user.id().toString(),
                    user == null ? null : user.email(),
                    credential == null ? null : credential.id().toString(),
                    credential == null ? null : credential.kind().code(),
                    credential == null ? null : credential.name(),
                    actor.origin().address(),
                    actor.origin().decision(),
                    asset.id(),
                    asset.name(),
                    details);
        }
    }

    /**
     * One of many changes of a kind.
     *
     * @param details what is worth knowing beyond the asset: names and numbers, never a secret
     */
    public record Item(Asset asset, Map<String, String> details) {}

    /** @param details what is worth knowing beyond the asset: names and numbers, never a secret */
    public void record(
            Transaction transaction,
            Actor actor,
            AuditAction action,
            Asset asset,
            Map<String, String> details,
            Instant at) {
        record(transaction, actor, action, List.of(new Item(asset, details)), at);
    }

    /**
     * Lets the numbers of changes go on where no index can have come: in a restored database the next ones would otherwise be
     * those of changes that an index has read already, and be passed over.
     */
    public static void beginEpoch(Transaction transaction, Instant now) {
        var least = Micros.of(now);
        transaction
                .sql("UPDATE change_head SET sequence = ? WHERE id = 1 AND sequence < ?")
                .with(least, least)
                .update();
    }

    /** The same done to many things: one event for each, in few round trips. */
    public void record(Transaction transaction, Actor actor, AuditAction action, List<Item> items, Instant at) {
        if (items.isEmpty()) {
            return;
        }
        var last = transaction
                .sql("UPDATE change_head SET sequence = sequence + ? WHERE id = 1 RETURNING sequence")
                .with(items.size())
                .map(row -> row.number("sequence"))
                .one();
        var sequence = last - items.size();
        var rows = new ArrayList<@Nullable Object[]>(items.size());
        for (var item : items) {
            sequence++;
            rows.add(new Object[] {
                UUID.randomUUID(),
                sequence,
                actor.organization().value(),
                at,
                action.name(),
                JsonMapper.shared().writeValueAsString(Entry.of(actor, item.asset(), item.details()))
            });
        }
        transaction.sql("""
                        INSERT INTO change_event (id, sequence, organization_id, at, action, record)
                        VALUES (?, ?, ?, ?, ?, ?)
                        """).updateEach(rows);
    }
}
