package dev.sallyport;

import dev.sallyport.audit.ChangeTrail;
import dev.sallyport.authentication.Replica;
import dev.sallyport.catalogue.Catalogue;
import dev.sallyport.credential.Credentials;
import dev.sallyport.credential.Inventory;
import dev.sallyport.directory.Directory;
import dev.sallyport.directory.Invitations;
import dev.sallyport.feed.Feed;
import dev.sallyport.key.KeyLimits;
import dev.sallyport.key.Keys;
import dev.sallyport.limit.Limits;
import dev.sallyport.permission.Permissions;
import dev.sallyport.rule.Rules;
import dev.sallyport.sql.Database;
import dev.sallyport.sql.DatabaseUrl;
import dev.sallyport.sql.SqlFailure;
import dev.sallyport.token.TokenLimits;
import dev.sallyport.token.Tokens;
import java.io.IOException;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.time.InstantSource;

/** The store of an installation and the features that stand on it: what {@code serve} and {@code init} share. */
final class Installation implements AutoCloseable {

    private final DataFolder folder;
    private final Database database;

    final InstallationKeys keys;
    final InstantSource clock;
    final SecureRandom random;
    final Permissions permissions;
    final ChangeTrail trail;
    final Feed feed;
    final Replica replica;
    final Directory directory;
    final Invitations invitations;
    final Credentials credentials;
    final Inventory inventory;
    final Rules rules;
    final Limits limits;
    final Tokens tokens;
    final Keys legacyKeys;
    final Catalogue catalogue;

    private Installation(Config config, InstantSource clock, DataFolder folder, Database database) throws StartFailure {
        this.folder = folder;
        this.database = database;
        this.clock = clock;
        random = new SecureRandom();
        keys = InstallationKeys.open(folder.path(), database, random);
        permissions = Permissions.shipped();
        trail = new ChangeTrail();
        feed = new Feed(database, clock, config.maxStale());
        replica = new Replica(permissions);
        directory = new Directory(database, feed, trail, permissions, replica::isVisible, clock);
        invitations = directory.invitations(keys.pepper(), config.brand(), random);
        credentials = new Credentials();
        rules = new Rules(database, feed, trail, permissions, replica::isVisible, clock);
        limits = new Limits(database, feed, trail, permissions, clock);
        inventory = new Inventory(database, feed, trail, permissions, replica::isVisible, config.brand(), clock);
        tokens = new Tokens(
                database,
                feed,
                trail,
                permissions,
                rules,
                keys.pepper(),
                TokenLimits.DEFAULT,
                replica::isVisible,
                config.brand(),
                clock,
                random);
        legacyKeys = new Keys(
                database,
                feed,
                trail,
                permissions,
                keys.pepper(),
                KeyLimits.DEFAULT,
                rules,
                replica::isVisible,
                replica::held,
                config.brand(),
                clock,
                random);
        catalogue = new Catalogue(database, feed, trail, permissions, clock);
    }

    /** @throws StartFailure if the folder, the database or the keys cannot be used */
    static Installation open(Config config) throws StartFailure {
        return open(config, InstantSource.system());
    }

    static Installation open(Config config, InstantSource clock) throws StartFailure {
        var folder = DataFolder.take(config.data());
        try {
            return open(config, clock, folder);
        } catch (StartFailure | RuntimeException e) {
            folder.close();
            throw e;
        }
    }

    private static Installation open(Config config, InstantSource clock, DataFolder folder) throws StartFailure {
        var database = database(config.database());
        try {
            return new Installation(config, clock, folder, database);
        } catch (StartFailure | RuntimeException e) {
            database.close();
            throw e;
        }
    }

    private static Database database(DatabaseUrl url) throws StartFailure {
        try {
            if (url instanceof DatabaseUrl.Sqlite(var file)
                    && file.toAbsolutePath().getParent() != null) {
                Files.createDirectories(file.toAbsolutePath().getParent());
            }
            return Database.open(url);
        } catch (IOException e) {
            throw new StartFailure("The folder of the database cannot be written. Check --database.");
        } catch (SqlFailure e) {
            throw new StartFailure(e.getMessage() + " Check --database, and that the server is running.");
        }
    }

    Database database() {
        return database;
    }

    DataFolder folder() {
        return folder;
    }

    @Override
    public void close() {
        rules.close();
        feed.close();
        database.close();
        folder.close();
    }
}
