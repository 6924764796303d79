package dev.sallyport;

import dev.sallyport.permission.ManagedRole;
import dev.sallyport.secret.TokenText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/**
 * Everybody who could try: an organization with an imported API, another one, and tokens in every state.
 *
 * @param keys a pair of the administrator
 * @param everybody the texts of tokens by what is wrong with them; the one that is right comes last
 */
record TestCast(TestPerson admin, TestKeys keys, TestPerson stranger, Map<String, String> everybody) {

    /** After this the token that was to expire has expired, and no other. */
    static final Duration UNTIL_EXPIRED = Duration.ofHours(24);

    static final String API = "billing";

    static TestCast on(TestAuthority authority) {
        var other = authority.founds("Globex");
        var founder = authority.founds("Acme");
        founder.imports(API, example());
        var admin = founder.renewed();
        var leaver = authority.joins(admin, "Larry", ManagedRole.ADMIN);
        var revoked = admin.renewed().token();
        admin.revokes(revoked);
        authority.disables(leaver);

        var everybody = new LinkedHashMap<String, String>();
        everybody.put("junk", "ddpat_junk");
        everybody.put("unknown id", forged(UUID.randomUUID()));
        everybody.put("wrong secret", forged(UUID.fromString(admin.token().id())));
        everybody.put("revoked", revoked.text());
        everybody.put("expired", admin.issues(UNTIL_EXPIRED, "user_access_read").text());
        everybody.put("owner disabled", leaver.token().text());
        everybody.put("other organization", other.token().text());
        everybody.put("without permission", admin.issues("monitors_read").text());
        everybody.put("right", admin.token().text());
        return new TestCast(admin, TestKeys.first(admin), other, everybody);
    }

    String token(String who) {
        return Objects.requireNonNull(everybody.get(who), who);
    }

    /** A well-formed text that nobody was ever given. */
    private static String forged(UUID id) {
        return TokenText.mint("ddpat", id, new SecureRandom()).reveal();
    }

    static String example() {
        try {
            return Files.readString(Path.of("../docs/examples/invoices.yaml"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
