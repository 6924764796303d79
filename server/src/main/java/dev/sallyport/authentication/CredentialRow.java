package dev.sallyport.authentication;

import dev.sallyport.identity.Credential;
import dev.sallyport.identity.CredentialKind;
import dev.sallyport.secret.Digest;
import dev.sallyport.sql.Micros;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How one credential lies in memory: a single array that never changes, because millions of them stay and an object of its own
 * for each fact would cost more than the fact. What many share is a number on a {@link Shelf}.
 *
 * <p>In order: id, digest, numbers of owner, scopes and addresses, epoch, kind, flags, then the end and the minter where there
 * are any, then the name.
 */
final class CredentialRow {

    static final int ID = 0;
    static final int DIGEST = 16;

    /** The number of scopes that do not narrow. */
    static final int WHOLE = -1;

    private static final int OWNER = 48;
    private static final int SCOPES = 52;
    private static final int ADDRESSES = 56;
    private static final int EPOCH = 60;
    private static final int KIND = 64;
    private static final int FLAGS = 65;
    private static final int REST = 66;

    /** No row is shorter than this, or longer than that: the name has 255 characters at most. */
    static final int SHORTEST = REST;

    static final int LONGEST = REST + 3 * Long.BYTES + 4 * 255;

    private static final int REVOKED = 1;
    private static final int ENDS = 2;
    private static final int MINTED = 4;

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final List<CredentialKind> KINDS = List.of(CredentialKind.values());

    private CredentialRow() {}

    /** Where what it shares with others stands. */
    record Places(int owner, int scopes, int addresses) {}

    static byte[] of(Credential facts, Digest digest, int ownerEpoch, boolean isRevoked, Places places) {
        var name = facts.name().getBytes(StandardCharsets.UTF_8);
        var end = facts.expiresAt();
        var minter = facts.mintedBy();
        var endBytes = end == null ? 0 : Long.BYTES;
        var minterBytes = minter == null ? 0 : 2 * Long.BYTES;
        var row = new byte[REST + endBytes + minterBytes + name.length];
        put(row, ID, facts.id().value());
        digest.write(row, DIGEST);
        move(row, places);
        INT.set(row, EPOCH, ownerEpoch);
        row[KIND] = (byte) KINDS.indexOf(facts.kind());
        row[FLAGS] = (byte) ((isRevoked ? REVOKED : 0) | (end == null ? 0 : ENDS) | (minter == null ? 0 : MINTED));
        if (end != null) {
            LONG.set(row, REST, Micros.of(end));
        }
        if (minter != null) {
            put(row, REST + endBytes, minter.value());
        }
        System.arraycopy(name, 0, row, REST + endBytes + minterBytes, name.length);
        return row;
    }

    private static void put(byte[] row, int at, UUID id) {
        LONG.set(row, at, id.getMostSignificantBits());
        LONG.set(row, at + Long.BYTES, id.getLeastSignificantBits());
    }

    static long word(byte[] row, int at) {
        return (long) LONG.get(row, at);
    }

    static UUID id(byte[] row) {
        return uuid(row, ID);
    }

    private static UUID uuid(byte[] row, int at) {
        return new UUID(word(row, at), word(row, at + Long.BYTES));
    }

    static Digest digest(byte[] row) {
        return Digest.at(row, DIGEST);
    }

    static Places places(byte[] row) {
        return new Places((int) INT.get(row, OWNER), (int) INT.get(row, SCOPES), (int) INT.get(row, ADDRESSES));
    }

    /** Puts other places into a row that nobody else has seen yet. */
    static void move(byte[] row, Places places) {
        INT.set(row, OWNER, places.owner());
        INT.set(row, SCOPES, places.scopes());
        INT.set(row, ADDRESSES, places.addresses());
    }

    static int ownerEpoch(byte[] row) {
        return (int) INT.get(row, EPOCH);
    }

    static CredentialKind kind(byte[] row) {
        return KINDS.get(row[KIND]);
    }

    static boolean isRevoked(byte[] row) {
        return (row[FLAGS] & REVOKED) != 0;
    }

    /** Microseconds since 1970; {@link Long#MAX_VALUE} for one without an end. */
    static long expiresAtMicros(byte[] row) {
        return (row[FLAGS] & ENDS) == 0 ? Long.MAX_VALUE : word(row, REST);
    }

    static @Nullable UUID mintedBy(byte[] row) {
        return (row[FLAGS] & MINTED) == 0 ? null : uuid(row, REST + endBytes(row));
    }

    static String name(byte[] row) {
        var from = REST + endBytes(row) + ((row[FLAGS] & MINTED) == 0 ? 0 : 2 * Long.BYTES);
        return new String(row, from, row.length - from, StandardCharsets.UTF_8);
    }

    private static int endBytes(byte[] row) {
        return (row[FLAGS] & ENDS) == 0 ? 0 : Long.BYTES;
    }
}
