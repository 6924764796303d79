package dev.sallyport.console;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** The one style sheet, inside each page, and the policy that allows it by its hash (CSP Level 3 §2.3.1). */
final class Style {

    private final String text;
    private final String contentSecurityPolicy;

    Style() {
        text = read();
        contentSecurityPolicy = "default-src 'none'; style-src 'sha256-" + sha256(text)
                + "'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";
    }

    String text() {
        return text;
    }

    String contentSecurityPolicy() {
        return contentSecurityPolicy;
    }

    private static String read() {
        try (var stream = Style.class.getResourceAsStream("style.css")) {
            if (stream == null) {
                throw new IllegalStateException("style.css is missing from the program");
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String sha256(String text) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
