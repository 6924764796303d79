package dev.sallyport;

import dev.sallyport.jose.KeyEncryption;
import dev.sallyport.secret.KeyFile;
import dev.sallyport.secret.Pepper;
import dev.sallyport.sql.Database;
import dev.sallyport.sql.Transaction;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Optional;

/**
 * The two key files of an installation: the pepper of stored digests, and the key that seals signing keys.
 *
 * <p>The database keeps a digest of a known text under each. A node whose files differ from those of the installation would
 * refuse every credential, so it does not start.
 */
record InstallationKeys(Pepper pepper, KeyEncryption encryption) {

    /**
     * Reads the files, or makes them where the installation is new.
     *
     * @throws StartFailure if a file is missing or foreign
     */
    static InstallationKeys open(Path data, Database database, SecureRandom random) throws StartFailure {
        var folder = data.resolve("keys");
        return new InstallationKeys(
                new Pepper(open(folder, "pepper", database, random)),
                new KeyEncryption(open(folder, "encryption-key", database, random), random));
    }

    private static byte[] open(Path folder, String name, Database database, SecureRandom random) throws StartFailure {
        var file = folder.resolve(name);
        var known = database.reading(transaction -> check(transaction, name));
        try {
            if (Files.notExists(file)) {
                if (known.isPresent()) {
                    throw new StartFailure("The key file " + file + " is missing, and this database was made with one."
                            + " Restore it from your backup or copy it from another node.");
                }
                Files.createDirectories(folder);
                KeyFile.create(file, random);
            }
            var key = KeyFile.read(file);
            compare(file, key, name, database);
            return key;
        } catch (IOException e) {
            throw new StartFailure("The key file " + file + " cannot be used: " + e.getMessage());
        }
    }

    private static void compare(Path file, byte[] key, String name, Database database) throws StartFailure {
        var value = new Pepper(key).digest("key-check", name.getBytes(StandardCharsets.UTF_8));
        // Two nodes that start at once on an empty database: one writes, both compare.
        var stored = database.inTransaction(transaction -> {
            transaction
                    .sql("INSERT INTO key_check (name, value) VALUES (?, ?) ON CONFLICT (name) DO NOTHING")
                    .with(name, value)
                    .update();
            return check(transaction, name).orElseThrow();
        });
        if (!Pepper.equal(stored, value)) {
            throw new StartFailure("The key file " + file + " is not the one that this database was made with."
                    + " Restore the right one from your backup or copy it from another node.");
        }
    }

    private static Optional<byte[]> check(Transaction transaction, String name) {
        return transaction
                .sql("SELECT value FROM key_check WHERE name = ?")
                .with(name)
                .map(row -> row.bytes("value"))
                .optional();
    }
}
