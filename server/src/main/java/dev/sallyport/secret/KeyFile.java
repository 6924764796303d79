package dev.sallyport.secret;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Set;

/** A file of 32 random bytes that only its owner can read. The operator copies it to every node. */
public final class KeyFile {

    private KeyFile() {}

    /**
     * The key in the file.
     *
     * @throws IOException if there is none, or it does not hold {@link Pepper#KEY_BYTES} bytes
     */
    public static byte[] read(Path file) throws IOException {
        var bytes = Files.readAllBytes(file);
        if (bytes.length != Pepper.KEY_BYTES) {
            throw new IOException(file + " holds " + bytes.length + " bytes where a key of " + Pepper.KEY_BYTES
                    + " bytes was expected; restore it from your backup");
        }
        return bytes;
    }

    /** Writes a new random key with mode 0400, durably. Never replaces a file. */
    public static byte[] create(Path file, SecureRandom random) throws IOException {
        if (Files.exists(file)) {
            throw new FileAlreadyExistsException(file.toString());
        }
        var bytes = new byte[Pepper.KEY_BYTES];
        random.nextBytes(bytes);
        var mode = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("r--------"));
        try (var channel =
                FileChannel.open(file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), mode)) {
            channel.write(ByteBuffer.wrap(bytes));
            channel.force(true);
        }
        return bytes;
    }
}
