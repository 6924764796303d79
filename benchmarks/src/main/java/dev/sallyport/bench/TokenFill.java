package dev.sallyport.bench;

import dev.sallyport.identity.DisplayName;
import dev.sallyport.secret.KeyFile;
import dev.sallyport.secret.Pepper;
import dev.sallyport.secret.TokenText;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Properties;
import java.util.SplittableRandom;
import java.util.UUID;

/** Puts many users and tokens straight into the store of a server that does not run, and their texts into a file. */
final class TokenFill {

    /** {@code ddpat_}, 22 digits of the id, an underscore, 30 of the secret and 6 of the checksum. */
    static final int TOKEN_BYTES = 65;

    private static final int TOKENS_OF_ONE_USER = 100;
    private static final int BATCH = 10_000;
    private static final long MICROS_PER_DAY = 86_400_000_000L;

    private static final String INSERT = """
            INSERT INTO credential (id, organization_id, owner_id, kind, name, name_folded, scopes, digest,
                pepper_version, owner_epoch, minted_by, created_at, expires_at)
            VALUES (?, ?, ?, 'personal_access_token', ?, ?, ?, ?, 1, 1, NULL, ?, ?)
            """;

    private final Connection connection;
    private final Pepper pepper;
    private final SplittableRandom random = new SplittableRandom(20_261_123);
    private final SecureRandom digits = new FastDigits();
    private final long now = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());

    /** Whose organization and roles the new users share. */
    private record Admin(String id, String organization, String role) {}

    /** The secrets of a measurement protect nothing, and a million real ones take half a minute. */
    private static final class FastDigits extends SecureRandom {

        private static final long serialVersionUID = 1L;

        private final transient SplittableRandom random = new SplittableRandom(System.nanoTime());

        @Override
        public int nextInt(int bound) {
            return random.nextInt(bound);
        }
    }

    private TokenFill(Connection connection, Pepper pepper) {
        this.connection = connection;
        this.pepper = pepper;
    }

    /** Fills the store in that data folder, which {@code sallyport init} has made. The file appears when all is done. */
    static void fill(Path data, int tokens, Path file) throws IOException, SQLException {
        var pepper = new Pepper(KeyFile.read(data.resolve("keys").resolve("pepper")));
        var settings = new Properties();
        settings.setProperty("synchronous", "OFF");
        settings.setProperty("cache_size", "-524288");
        var next = file.resolveSibling(file.getFileName() + ".next");
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + data.resolve("sallyport.db"), settings);
                var out = new BufferedOutputStream(Files.newOutputStream(next))) {
            connection.setAutoCommit(false);
            new TokenFill(connection, pepper).insertAll(tokens, out);
        }
        Files.move(next, file, StandardCopyOption.REPLACE_EXISTING);
    }

    /** One more, for whoever asks about others. */
    static void addPoint(Path data, Path file) throws IOException, SQLException {
        var pepper = new Pepper(KeyFile.read(data.resolve("keys").resolve("pepper")));
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + data.resolve("sallyport.db"))) {
            connection.setAutoCommit(false);
            var fill = new TokenFill(connection, pepper);
            var admin = fill.admin();
            try (var insert = connection.prepareStatement(INSERT)) {
                fill.bind(insert, admin, fill.firstUser(), 0);
                insert.setString(6, "audit_logs_read");
                var id = UUID.randomUUID();
                var token = TokenText.mint("ddpat", id, fill.digits);
                insert.setString(1, id.toString());
                insert.setBytes(7, TokenText.digest(pepper, token));
                insert.executeUpdate();
                connection.commit();
                Files.write(file, token.reveal().getBytes(StandardCharsets.US_ASCII));
            }
        }
    }

    private void insertAll(int tokens, OutputStream out) throws IOException, SQLException {
        var admin = admin();
        var owner = "";
        try (var insert = connection.prepareStatement(INSERT)) {
            for (var i = 0; i < tokens; i++) {
                if (i % TOKENS_OF_ONE_USER == 0) {
                    owner = insertUser(admin, i / TOKENS_OF_ONE_USER);
                }
                out.write(bind(insert, admin, owner, i));
                insert.addBatch();
                if ((i + 1) % BATCH == 0 || i + 1 == tokens) {
                    insert.executeBatch();
                    connection.commit();
                }
            }
        }
    }

    private byte[] bind(PreparedStatement insert, Admin admin, String owner, int number) throws SQLException {
        var id = new UUID(random.nextLong(), random.nextLong());
        var token = TokenText.mint("ddpat", id, digits);
        var name = Calls.NAMES.get(random.nextInt(Calls.NAMES.size())) + " " + number;
        insert.setString(1, id.toString());
        insert.setString(2, admin.organization());
        insert.setString(3, owner);
        insert.setString(4, name);
        insert.setString(5, DisplayName.folded(name));
        insert.setString(6, Calls.SCOPE_SETS.get(random.nextInt(Calls.SCOPE_SETS.size())));
        insert.setBytes(7, TokenText.digest(pepper, token));
        insert.setLong(8, now);
        insert.setLong(9, now + random.nextLong(30, 365) * MICROS_PER_DAY);
        var text = token.reveal().getBytes(StandardCharsets.US_ASCII);
        if (text.length != TOKEN_BYTES) {
            throw new IllegalStateException("a token has " + text.length + " bytes, not " + TOKEN_BYTES);
        }
        return text;
    }

    private Admin admin() throws SQLException {
        try (var query = connection.createStatement();
                var row = query.executeQuery("""
                        SELECT principal.id, principal.organization_id, role_member.role_id
                        FROM principal JOIN role_member ON role_member.principal_id = principal.id
                        ORDER BY principal.created_at LIMIT 1
                        """)) {
            row.next();
            return new Admin(row.getString(1), row.getString(2), row.getString(3));
        }
    }

    private String firstUser() throws SQLException {
        try (var query = connection.createStatement();
                var row = query.executeQuery("SELECT id FROM principal WHERE email = 'user0@bench.example'")) {
            row.next();
            return row.getString(1);
        }
    }

    private String insertUser(Admin admin, int number) throws SQLException {
        var id = new UUID(random.nextLong(), random.nextLong()).toString();
        var email = "user" + number + "@bench.example";
        try (var user = connection.prepareStatement("""
                        INSERT INTO principal (id, organization_id, email, email_folded, name, name_folded, state, epoch,
                            created_at, modified_at)
                        VALUES (?, ?, ?, ?, ?, ?, 'active', 1, ?, ?)
                        """);
                var member = connection.prepareStatement(
                        "INSERT INTO role_member (role_id, principal_id, organization_id) VALUES (?, ?, ?)")) {
            user.setString(1, id);
            user.setString(2, admin.organization());
            user.setString(3, email);
            user.setString(4, email);
            user.setString(5, "User " + number);
            user.setString(6, "user " + number);
            user.setLong(7, now);
            user.setLong(8, now);
            user.executeUpdate();
            member.setString(1, admin.role());
            member.setString(2, id);
            member.setString(3, admin.organization());
            member.executeUpdate();
        }
        return id;
    }
}
