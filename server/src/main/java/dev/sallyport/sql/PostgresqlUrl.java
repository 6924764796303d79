package dev.sallyport.sql;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The URL that PostgreSQL's own tools take, in the form that its JDBC driver takes. */
final class PostgresqlUrl {

    private PostgresqlUrl() {}

    static Optional<String> toJdbc(String text) {
        if (!text.startsWith("postgresql://") && !text.startsWith("postgres://")) {
            return Optional.empty();
        }
        try {
            var uri = new URI(text);
            // A URI with two '@' has no host at all.
            if (uri.getHost() == null || uri.getRawPath().length() < 2 || uri.getRawFragment() != null) {
                return Optional.empty();
            }
            var jdbc = new StringBuilder("jdbc:postgresql://").append(uri.getHost());
            if (uri.getPort() != -1) {
                jdbc.append(':').append(uri.getPort());
            }
            jdbc.append(uri.getRawPath());
            var separator = '?';
            if (uri.getRawQuery() != null) {
                jdbc.append('?').append(uri.getRawQuery());
                separator = '&';
            }
            if (uri.getUserInfo() != null) {
                var user = uri.getUserInfo().split(":", 2);
                jdbc.append(separator).append("user=").append(encoded(user[0]));
                if (user.length == 2) {
                    jdbc.append("&password=").append(encoded(user[1]));
                }
            }
            return Optional.of(jdbc.toString());
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
