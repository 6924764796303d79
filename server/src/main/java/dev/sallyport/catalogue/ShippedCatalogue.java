package dev.sallyport.catalogue;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import dev.sallyport.permission.Permissions;
import dev.sallyport.permission.Requirement;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** The operations of the Datadog API as of September 2026. */
public final class ShippedCatalogue {

    private static final String RESOURCE = "datadog-operations.json";
    private static final List<String> HOSTS = List.of(
            "api.datadoghq.com",
            "api.us3.datadoghq.com",
            "api.us5.datadoghq.com",
            "api.datadoghq.eu",
            "api.ap1.datadoghq.com",
            "api.ap2.datadoghq.com",
            "api.ddog-gov.com");

    private ShippedCatalogue() {}

    /** The protected API {@code datadog}; it admits every organization. */
    public static ProtectedApi load(Permissions permissions) {
        try (var in = ShippedCatalogue.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException(RESOURCE + " is missing from the jar");
            }
            var operations = Arrays.stream(JsonMapper.shared().readValue(in, Row[].class))
                    .filter(Row::isLive)
                    .map(row -> row.toOperation(permissions))
                    .toList();
            return new ProtectedApi(
                    ProtectedApi.DATADOG,
                    "Datadog API",
                    HOSTS,
                    new ProtectedApi.Admits.Everyone(),
                    OperationTable.of(operations),
                    List.of());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * A row of the file.
     *
     * @param auth which credentials it takes: {@code K|Z} tokens and key pairs, {@code Z} tokens, {@code K} key pairs,
     *     {@code A} an API key, {@code N} none
     * @param o how {@code perms} combine; null where the specification declares nothing, {@code ?} where the operation is
     *     newer than the last complete specification
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    private record Row(
            String m,
            String p,
            String op,
            String auth,
            @Nullable String o,
            List<String> perms,
            List<List<String>> scopes,
            String src) {

        /** Rows of the older specification that the newest client lacks were removed or moved. */
        boolean isLive() {
            return !src.equals("spec-2026-04-only");
        }

        Operation toOperation(Permissions permissions) {
            return new Operation(op, m, p, requirement(permissions), accepts());
        }

        private Requirement requirement(Permissions permissions) {
            return switch (auth) {
                case "A" -> Requirement.API_KEY;
                case "N" -> Requirement.OPEN;
                default -> declared(permissions);
            };
        }

        private Requirement declared(Permissions permissions) {
            return switch (o) {
                case null -> fromScopes(permissions);
                case "OPEN" -> Requirement.SIGNED_IN;
                case "OR" -> Declaration.anyOf(perms).toRequirement(m, permissions::require);
                case "AND" -> Declaration.allOf(perms).toRequirement(m, permissions::require);
                // What it asks is not known, so that not even reading can be taken for harmless.
                case "?" -> new Requirement.Undeclared(false);
                default -> throw new IllegalStateException(op + " combines its permissions by " + o);
            };
        }

        private Requirement fromScopes(Permissions permissions) {
            var isDeclared = !scopes.isEmpty() && scopes.stream().noneMatch(List::isEmpty);
            var declaration = isDeclared ? new Declaration.Holding(scopes) : new Declaration.Nothing();
            return declaration.toRequirement(m, permissions::require);
        }

        private Accepts accepts() {
            return switch (auth) {
                case "K|Z" -> Accepts.TOKENS_AND_KEYS;
                case "Z" -> Accepts.TOKENS_ONLY;
                case "K" -> Accepts.KEYS_ONLY;
                case "A" -> Accepts.API_KEY_ONLY;
                case "N" -> Accepts.NOBODY_NEEDED;
                default -> throw new IllegalStateException(op + " takes " + auth);
            };
        }
    }
}
