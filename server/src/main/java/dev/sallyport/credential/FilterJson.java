package dev.sallyport.credential;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.sallyport.http.BadInput;
import dev.sallyport.http.Query;
import dev.sallyport.http.Rfc3339;
import dev.sallyport.identity.CredentialId;
import dev.sallyport.identity.CredentialKind;
import dev.sallyport.identity.DisplayName;
import dev.sallyport.identity.PrincipalId;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A filter as it is written, in a query or in a body. */
record FilterJson(
        @Nullable Boolean all,
        @Nullable List<String> kind,
        @Nullable String owner,
        @Nullable String creator,

        @JsonProperty("minted_by") @Nullable String mintedBy,

        @Nullable String scope,
        @Nullable String name,

        @JsonProperty("created_after") @Nullable String createdAfter,

        @JsonProperty("created_before") @Nullable String createdBefore,

        @JsonProperty("last_used_before") @Nullable String lastUsedBefore,

        @JsonProperty("never_used") @Nullable Boolean neverUsed,

        @JsonProperty("expires_before") @Nullable String expiresBefore,

        @Nullable String expires) {

    private static final int LONGEST_SCOPE = 300;

    static FilterJson of(Query query) {
        return new FilterJson(
                null,
                query.all("kind"),
                query.one("owner").orElse(null),
                query.one("creator").orElse(null),
                query.one("minted_by").orElse(null),
                query.one("scope").orElse(null),
                query.one("name").orElse(null),
                query.one("created_after").orElse(null),
                query.one("created_before").orElse(null),
                query.one("last_used_before").orElse(null),
                flag(query, "never_used"),
                query.one("expires_before").orElse(null),
                query.one("expires").orElse(null));
    }

    private static @Nullable Boolean flag(Query query, String name) {
        return query.one(name)
                .map(text -> switch (text) {
                    case "true" -> Boolean.TRUE;
                    case "false" -> Boolean.FALSE;
                    default -> throw new BadInput("invalid_filter", "'" + name + "' must be true or false.");
                })
                .orElse(null);
    }

    /**
     * @param isKnownScope whether a name is one of a permission that the organization can see: a misspelt one would find all that
     *     is not narrowed
     */
    CredentialFilter parse(Predicate<String> isKnownScope) {
        if (scope != null && (scope.length() > LONGEST_SCOPE || !isKnownScope.test(scope))) {
            throw new BadInput("invalid_filter", "'scope' must be the name of a permission.");
        }
        if (expires != null && !expires.equals("never")) {
            throw new BadInput("invalid_filter", "'expires' can only be never; for a time there is 'expires_before'.");
        }
        return new CredentialFilter(
                kinds(),
                parsed("owner", owner, PrincipalId::parse, "an id"),
                parsed("creator", creator, PrincipalId::parse, "an id"),
                parsed("minted_by", mintedBy, CredentialId::parse, "an id"),
                scope,
                namePart(),
                time("created_after", createdAfter),
                time("created_before", createdBefore),
                time("last_used_before", lastUsedBefore),
                Objects.requireNonNullElse(neverUsed, false),
                time("expires_before", expiresBefore),
                expires != null);
    }

    private Set<CredentialKind> kinds() {
        var kinds = EnumSet.noneOf(CredentialKind.class);
        for (var code : Objects.requireNonNullElse(kind, List.<String>of())) {
            kinds.add(
                    Optional.ofNullable(code)
                            .flatMap(CredentialKind::parse)
                            .filter(Credentials.STORED::contains)
                            .orElseThrow(
                                    () -> new BadInput(
                                            "invalid_filter",
                                            "'kind' must be personal_access_token, service_access_token, application_key or api_key.")));
        }
        return kinds;
    }

    /** What no name can hold is refused rather than looked for. */
    private String namePart() {
        if (name != null && !name.isBlank() && DisplayName.problemWith(name).isPresent()) {
            throw new BadInput("invalid_filter", "'name' must be a part of a name.");
        }
        return Objects.requireNonNullElse(name, "");
    }

    private static @Nullable Instant time(String member, @Nullable String text) {
        return parsed(member, text, Rfc3339::parse, "a time like 2026-12-31T00:00:00Z");
    }

    private static <T> @Nullable T parsed(
            String member, @Nullable String text, Function<String, Optional<T>> parser, String wanted) {
        return text == null
                ? null
                : parser.apply(text)
                        .orElseThrow(() -> new BadInput("invalid_filter", "'" + member + "' must be " + wanted + "."));
    }
}
