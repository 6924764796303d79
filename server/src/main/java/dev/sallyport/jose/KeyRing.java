package dev.sallyport.jose;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import dev.sallyport.sql.Database;
import dev.sallyport.sql.Transaction;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The signing keys of the installation: one that signs for each purpose, the next one, and those that verifiers may still need.
 *
 * <p>A key is next, then active, then retiring, then retired, and never goes back. Signing reads memory only; {@link #reload}
 * brings in what another node changed.
 */
public final class KeyRing {

    /** How long a verifier may keep the published keys. */
    public static final Duration JWKS_LIFETIME = Duration.ofMinutes(5);

    /** How long a key signs before rotation is due. */
    public static final Duration SIGNING_TIME = Duration.ofDays(90);

    /** How long a key is published after it last signed; far beyond the life of anything it signed. */
    public static final Duration RETIRING_TIME = Duration.ofHours(24);

    /** A verifier that asked just before the key was published has asked again by then. */
    static final Duration PUBLISHED_BEFORE_USE = JWKS_LIFETIME.multipliedBy(2);

    private final Database database;
    private final SigningKeyStore store;
    private final InstantSource clock;
    private final SecureRandom random;
    private volatile Snapshot snapshot = new Snapshot(Map.of(), "{\"keys\":[]}");

    private record Snapshot(Map<Purpose, SigningKey> active, String jwks) {}

    private KeyRing(Database database, KeyEncryption encryption, InstantSource clock, SecureRandom random) {
        this.database = database;
        this.store = new SigningKeyStore(encryption);
        this.clock = clock;
        this.random = random;
    }

    /**
     * Reads the keys, making those that a new installation lacks.
     *
     * @throws SealBroken if the database was sealed with another key-encryption key
     */
    public static KeyRing open(Database database, KeyEncryption encryption, InstantSource clock, SecureRandom random) {
        Ed25519Provider.findFaster();
        var ring = new KeyRing(database, encryption, clock, random);
        ring.prepare();
        return ring;
    }

    private void prepare() {
        for (var purpose : Purpose.values()) {
            for (var state : List.of(SigningKeyStore.State.ACTIVE, SigningKeyStore.State.NEXT)) {
                if (!database.reading(tx -> store.has(tx, purpose, state))) {
                    var key = SigningKey.generate(purpose, random);
                    database.inTransaction(tx -> {
                        store.insertUnlessThere(tx, key, state, clock.instant());
                        return key.id();
                    });
                }
            }
        }
        database.reading(tx -> {
            reload(tx);
            return snapshot;
        });
    }

    /**
     * Reads the keys again. Called at the start and after a change on any node, by one thread at a time.
     *
     * @throws SealBroken if a row was changed by somebody without the key-encryption key; the keys in memory stay
     */
    public void reload(Transaction transaction) {
        var published = store.published(transaction);
        var active = new EnumMap<Purpose, SigningKey>(Purpose.class);
        for (var stored : published) {
            if (stored.state() == SigningKeyStore.State.ACTIVE) {
                active.put(stored.key().purpose(), stored.key());
            }
        }
        var publicKeys =
                published.stream().<JWK>map(stored -> stored.key().publicKey()).toList();
        snapshot = new Snapshot(Map.copyOf(active), new JWKSet(publicKeys).toString(true));
    }

    /**
     * Lets the next key sign, if the active one has signed for {@link #SIGNING_TIME} and verifiers can know the next one.
     *
     * <p>Call it inside a change, so that every node reloads. The keys in memory do not change until then.
     *
     * @return the id of the key that signs from now on; empty if rotation is not due, or another node was first
     */
    public Optional<String> rotate(Transaction transaction, Purpose purpose) {
        var now = clock.instant();
        if (!store.retireActive(transaction, purpose, now.minus(SIGNING_TIME), now.minus(PUBLISHED_BEFORE_USE), now)) {
            return Optional.empty();
        }
        var active = store.activateNext(transaction, purpose, now);
        store.insertUnlessThere(transaction, SigningKey.generate(purpose, random), SigningKeyStore.State.NEXT, now);
        return active;
    }

    /**
     * Takes keys that have not signed for {@link #RETIRING_TIME} out of publication, and destroys their private halves.
     *
     * @return how many
     */
    public int retire(Transaction transaction) {
        var now = clock.instant();
        return store.retire(transaction, now.minus(RETIRING_TIME), now);
    }

    /** The public keys as a JWK Set (RFC 7517 §5). */
    public String jwks() {
        return snapshot.jwks();
    }

    SigningKey active(Purpose purpose) {
        var key = snapshot.active().get(purpose);
        if (key == null) {
            throw new IllegalStateException("no key is active for " + purpose);
        }
        return key;
    }
}
