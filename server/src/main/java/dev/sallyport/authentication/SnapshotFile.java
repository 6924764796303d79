package dev.sallyport.authentication;

import dev.sallyport.http.AddressRanges;
import dev.sallyport.identity.PrincipalId;
import dev.sallyport.permission.Permissions;
import dev.sallyport.secret.Pepper;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;

/**
 * The rows of a replica in a file: a header, the rows, what their numbers mean, and last an authentication code over all of it
 * under a key that only nodes of this installation have.
 */
final class SnapshotFile {

    private static final String FORMAT = "sallyport replica 2";
    private static final int BUFFER = 1 << 20;

    private final Path path;
    private final Pepper pepper;
    private final Permissions permissions;

    /** A name that this version no longer has is left out when it is read, so a file is of one vocabulary. */
    private final String header;

    SnapshotFile(Path path, Pepper pepper, Permissions permissions) {
        this.path = path;
        this.pepper = pepper;
        this.permissions = permissions;
        var shipped = permissions.namesOf(permissions.matching(permission -> permission.namespace() == null));
        this.header = FORMAT + " " + shipped.hashCode();
    }

    /** A change, as its history knows it. */
    record Ending(long revision, String mark) {}

    /**
     * Replaces the file.
     *
     * @param ending up to where the rows are true: every change until that revision is in them
     * @param latest asked once the rows are written: no change after that one can be in them
     */
    void write(Ending ending, Supplier<Ending> latest, Replica replica) throws IOException {
        var next = path.resolveSibling(path.getFileName() + ".next");
        Files.deleteIfExists(next);
        var mode = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        var options = EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try (var channel = FileChannel.open(next, options, mode)) {
            var code = pepper.code(FORMAT);
            var out = new DataOutputStream(
                    new BufferedOutputStream(code.over(Channels.newOutputStream(channel)), BUFFER));
            out.writeUTF(header);
            write(out, ending);
            var rows = replica.credentials();
            writeRows(out, rows);
            writeShared(out, rows.shared());
            write(out, latest.get());
            out.flush();
            channel.write(ByteBuffer.wrap(code.value()));
            channel.force(true);
        }
        Files.move(next, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static void write(DataOutputStream out, Ending ending) throws IOException {
        out.writeLong(ending.revision());
        out.writeUTF(ending.mark());
    }

    private static void writeRows(DataOutputStream out, CredentialRows rows) throws IOException {
        try {
            rows.forEach(row -> {
                try {
                    out.writeInt(row.length);
                    out.write(row);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        out.writeInt(0);
    }

    private void writeShared(DataOutputStream out, CredentialRows.Shared shared) throws IOException {
        out.writeInt(shared.owners().size());
        for (var owner : shared.owners()) {
            out.writeLong(owner.value().getMostSignificantBits());
            out.writeLong(owner.value().getLeastSignificantBits());
        }
        writeTexts(out, shared.scopes().stream().map(permissions::namesOf).toList());
        writeTexts(out, shared.addresses().stream().map(AddressRanges::toStored).toList());
    }

    private static void writeTexts(DataOutputStream out, List<List<String>> sets) throws IOException {
        out.writeInt(sets.size());
        for (var set : sets) {
            out.writeInt(set.size());
            for (var text : set) {
                out.writeUTF(text);
            }
        }
    }

    /**
     * Puts what is kept into a replica, less what has ended, and says up to where it is true. Nothing is put before all of it
     * proved whole.
     *
     * @param isWanted asked of both changes: of the first before the rows are read
     * @param endedMicros what ended before this moment is left out
     * @throws IOException if the file cannot be read, was cut or altered, or was made under another key
     */
    OptionalLong read(Predicate<Ending> isWanted, Replica replica, long endedMicros) throws IOException {
        try (var channel = FileChannel.open(path)) {
            var code = pepper.code(FORMAT);
            var body = code.over(Channels.newInputStream(channel), channel.size() - Pepper.DIGEST_BYTES);
            var in = new DataInputStream(new BufferedInputStream(body, BUFFER));
            if (!in.readUTF().equals(header)) {
                return OptionalLong.empty();
            }
            var ending = readEnding(in);
            if (!isWanted.test(ending)) {
                return OptionalLong.empty();
            }
            var rows = readRows(in);
            var shared = readShared(in);
            var latest = readEnding(in);
            if (in.read() >= 0 || !Pepper.equal(code.value(), readCode(channel))) {
                throw new IOException("it is not whole, or not of this installation");
            }
            if (!isWanted.test(latest)) {
                return OptionalLong.empty();
            }
            put(rows, shared, replica, endedMicros);
            return OptionalLong.of(ending.revision());
        } catch (NoSuchFileException e) {
            return OptionalLong.empty();
        }
    }

    private static Ending readEnding(DataInputStream in) throws IOException {
        return new Ending(in.readLong(), in.readUTF());
    }

    private static byte[] readCode(FileChannel channel) throws IOException {
        var value = ByteBuffer.allocate(Pepper.DIGEST_BYTES);
        channel.read(value, channel.size() - Pepper.DIGEST_BYTES);
        return value.array();
    }

    private static List<byte[]> readRows(DataInputStream in) throws IOException {
        var rows = new ArrayList<byte[]>();
        for (var length = in.readInt(); length != 0; length = in.readInt()) {
            if (length < CredentialRow.SHORTEST || length > CredentialRow.LONGEST) {
                throw new IOException("a row has " + length + " bytes");
            }
            var row = new byte[length];
            in.readFully(row);
            rows.add(row);
        }
        return rows;
    }

    private CredentialRows.Shared readShared(DataInputStream in) throws IOException {
        var owners = new ArrayList<PrincipalId>();
        for (var left = in.readInt(); left > 0; left--) {
            owners.add(new PrincipalId(new UUID(in.readLong(), in.readLong())));
        }
        var scopes = readTexts(in).stream()
                .map(names -> permissions.ofStored(String.join(" ", names)))
                .toList();
        return new CredentialRows.Shared(
                owners,
                scopes,
                readTexts(in).stream().map(AddressRanges::ofStored).toList());
    }

    private static List<List<String>> readTexts(DataInputStream in) throws IOException {
        var sets = new ArrayList<List<String>>();
        for (var left = in.readInt(); left > 0; left--) {
            var set = new ArrayList<String>();
            for (var more = in.readInt(); more > 0; more--) {
                set.add(in.readUTF());
            }
            sets.add(set);
        }
        return sets;
    }

    /** What only rows that are left out have, or none has any more, is left out as well: what is put on a shelf stays. */
    private static void put(List<byte[]> rows, CredentialRows.Shared shared, Replica replica, long endedMicros) {
        var owners = new Places<>(shared.owners(), owner -> replica.owner(owner).place());
        var scopes = new Places<>(shared.scopes(), replica::place);
        var addresses = new Places<>(shared.addresses(), replica::place);
        var live = rows.stream()
                .filter(row -> !CredentialRow.isRevoked(row) && CredentialRow.expiresAtMicros(row) > endedMicros)
                .toList();
        for (var row : live) {
            var places = CredentialRow.places(row);
            CredentialRow.move(
                    row,
                    new CredentialRow.Places(
                            owners.of(places.owner()),
                            places.scopes() == CredentialRow.WHOLE ? CredentialRow.WHOLE : scopes.of(places.scopes()),
                            addresses.of(places.addresses())));
        }
        live.forEach(replica::put);
    }

    /** Where on a shelf of the replica stands what had a number in the file; it is put there when first asked for. */
    private static final class Places<T> {
        private static final int NONE = -1;

        private final List<T> items;
        private final ToIntFunction<T> shelf;
        private final int[] places;

        Places(List<T> items, ToIntFunction<T> shelf) {
            this.items = items;
            this.shelf = shelf;
            this.places = new int[items.size()];
            Arrays.fill(places, NONE);
        }

        int of(int number) {
            if (places[number] == NONE) {
                places[number] = shelf.applyAsInt(items.get(number));
            }
            return places[number];
        }
    }
}
