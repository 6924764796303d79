package dev.sallyport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.audit.Actor;
import dev.sallyport.sql.TestDatabase;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** After a session of use no secret is in any log, file or text but those made to show or to keep it. */
class SecretsTest {

    private static final String GATEWAY = "canary-of-the-gateway-0123456789";
    private static final String QUERY = "canary-in-a-query-0123456789";
    private static final String COOKIE = "canary-in-a-cookie-0123456789";

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final PrintStream out = System.out;
    private final PrintStream err = System.err;

    @BeforeEach
    void listen() {
        var both = new PrintStream(printed, true, StandardCharsets.UTF_8);
        System.setOut(both);
        System.setErr(both);
    }

    @AfterEach
    void stopListening() {
        System.setOut(out);
        System.setErr(err);
    }

    @Test
    void a_session_of_use_leaves_no_secret_behind() throws IOException {
        var authority = TestAuthority.guarded(TestDatabase.SQLITE, GATEWAY);
        var secrets = new ArrayList<>(List.of(GATEWAY, QUERY, COOKIE));
        var folders = new ArrayList<Path>();
        try (authority) {
            folders.add(authority.installation.folder().path());
            folders.add(Objects.requireNonNull(
                    authority.databaseFile().toAbsolutePath().getParent()));
            secrets.addAll(use(authority));
            LoggerFactory.getLogger("dev.sallyport.SecretsTest").warn("the log is heard");
            assertThat(authority.installation.keys.toString()).doesNotContain(bytes(folders.getFirst(), "pepper"));
        }

        var kept = new TreeMap<String, String>();
        for (var folder : folders) {
            kept.putAll(files(folder));
        }
        assertThat(kept.keySet()).anyMatch(name -> name.endsWith("sallyport.db"));
        assertThat(kept.keySet()).anyMatch(name -> name.endsWith("audit.db"));
        assertThat(kept.values()).anyMatch(text -> text.contains("/invoices/visible"));
        assertThat(printed.toString(StandardCharsets.UTF_8)).contains("the log is heard");
        assertThat(secrets).hasSizeGreaterThan(6).allSatisfy(secret -> {
            assertThat(printed.toString(StandardCharsets.UTF_8)).doesNotContain(secret);
            kept.forEach(
                    (name, text) -> assertThat(text.contains(secret)).as(name).isFalse());
        });
    }

    /** The secret parts of what was used. */
    private static List<String> use(TestAuthority authority) {
        var founder = authority.founds("Acme");
        founder.imports("billing", TestCast.example());
        var admin = founder.renewed();
        var used = admin.issues("billing:invoices_read");
        var revoked = admin.issues("monitors_read");
        admin.revokes(revoked);
        for (var token : List.of(used, revoked)) {
            for (var uri :
                    List.of("/invoices/visible", "/invoices?access_token=" + QUERY, "/nothing", "/%2f?" + QUERY)) {
                authority
                        .nginx("billing", "GET", uri)
                        .with("Sallyport-Gateway", GATEWAY)
                        .with("Cookie", COOKIE)
                        .withToken(token.text())
                        .send();
            }
            authority
                    .nginx("billing", "GET", "/")
                    .with("Sallyport-Gateway", GATEWAY + "x")
                    .withToken(token.text())
                    .send();
            authority
                    .call("POST", TestPerson.TOKENS)
                    .withToken(token.text())
                    .withJson("{\"" + QUERY)
                    .send();
        }
        admin.calls("GET", TestPerson.TOKENS + "?filter=" + QUERY);
        admin.calls("POST", "/api/v2/audit/events/search", "{\"filter\":{\"query\":\"*\"}}");
        var link = authority
                .installation
                .tokens
                .createSetupLink(
                        Actor.operator(admin.organization().id()),
                        admin.organization().id(),
                        admin.principal().id())
                .orElseThrow();
        var code = link.code().reveal();
        var redeemed = authority.call("POST", "/setup").withForm("code=" + code).send();
        authority.call("POST", "/setup").withForm("code=" + code).send();
        assertThat(link.toString()).doesNotContain(code);
        return List.of(
                secretOf(used.text()),
                secretOf(revoked.text()),
                secretOf(admin.token().text()),
                code,
                secretOf(redeemed.json().get("personal_access_token").stringValue()));
    }

    private static String secretOf(String token) {
        return token.substring(token.length() - 36);
    }

    private static String bytes(Path folder, String key) throws IOException {
        return new String(Files.readAllBytes(folder.resolve("keys").resolve(key)), StandardCharsets.ISO_8859_1);
    }

    private static Map<String, String> files(Path folder) {
        try (var files = Files.walk(folder)) {
            var texts = new TreeMap<String, String>();
            for (var file : files.filter(Files::isRegularFile)
                    .filter(file -> !Objects.requireNonNull(file.getParent()).endsWith("keys"))
                    .toList()) {
                texts.put(file.toString(), Files.readString(file, StandardCharsets.ISO_8859_1));
            }
            return texts;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
