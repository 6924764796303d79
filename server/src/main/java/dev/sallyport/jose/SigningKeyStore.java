package dev.sallyport.jose;

import dev.sallyport.sql.Transaction;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The {@code signing_key} table. It belongs to the whole installation, so it is the one table without an organization. */
final class SigningKeyStore {

    enum State {
        NEXT,
        ACTIVE,
        RETIRING,
        RETIRED;

        String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final KeyEncryption encryption;

    SigningKeyStore(KeyEncryption encryption) {
        this.encryption = encryption;
    }

    record Stored(SigningKey key, State state) {}

    /** Every key that is published, oldest first. */
    List<Stored> published(Transaction transaction) {
        return transaction
                .sql("""
                        SELECT id, purpose, public_jwk, sealed, state FROM signing_key
                        WHERE state <> 'retired' AND algorithm = ? ORDER BY created_at, id
                        """)
                .with(SigningKey.ALGORITHM)
                .map(row -> new Stored(
                        SigningKey.open(
                                encryption,
                                Purpose.ofCode(row.text("purpose")),
                                row.text("id"),
                                row.text("public_jwk"),
                                row.bytes("sealed")),
                        State.valueOf(row.text("state").toUpperCase(Locale.ROOT))))
                .list();
    }

    boolean has(Transaction transaction, Purpose purpose, State state) {
        return transaction
                        .sql("SELECT count(*) AS n FROM signing_key WHERE purpose = ? AND state = ?")
                        .with(purpose.code(), state.code())
                        .map(row -> row.number("n"))
                        .one()
                > 0;
    }

    /** Unless another node was first: the unique indexes allow one active and one next key. */
    void insertUnlessThere(Transaction transaction, SigningKey key, State state, Instant now) {
        transaction
                .sql("""
                        INSERT INTO signing_key
                            (id, purpose, algorithm, public_jwk, sealed, state, created_at, changed_at)
                        VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING
                        """)
                .with(
                        key.id(),
                        key.purpose().code(),
                        SigningKey.ALGORITHM,
                        key.publicJwk(),
                        key.sealed(encryption),
                        state.code(),
                        now,
                        now)
                .update();
    }

    /**
     * Stops the active key from signing if it became active early enough and its successor has been published for long
     * enough. One statement, so that of two nodes at once one finds nothing to do.
     */
    boolean retireActive(
            Transaction transaction, Purpose purpose, Instant activeSince, Instant publishedSince, Instant now) {
        return transaction
                        .sql("""
                                UPDATE signing_key SET state = 'retiring', changed_at = ?
                                WHERE purpose = ? AND state = 'active' AND changed_at <= ?
                                  AND EXISTS (SELECT 1 FROM signing_key successor
                                      WHERE successor.purpose = ? AND successor.state = 'next'
                                        AND successor.created_at <= ?)
                                """)
                        .with(now, purpose.code(), activeSince, purpose.code(), publishedSince)
                        .update()
                == 1;
    }

    /** The id of the key that is active from now on. */
    Optional<String> activateNext(Transaction transaction, Purpose purpose, Instant now) {
        return transaction
                .sql("""
                        UPDATE signing_key SET state = 'active', changed_at = ?
                        WHERE purpose = ? AND state = 'next' RETURNING id
                        """)
                .with(now, purpose.code())
                .map(row -> row.text("id"))
                .optional();
    }

    /** Ends keys that have not signed since then. Their private halves are overwritten. */
    int retire(Transaction transaction, Instant retiringSince, Instant now) {
        return transaction.sql("""
                        UPDATE signing_key SET state = 'retired', sealed = ?, changed_at = ?
                        WHERE state = 'retiring' AND changed_at <= ?
                        """).with(new byte[0], now, retiringSince).update();
    }
}
