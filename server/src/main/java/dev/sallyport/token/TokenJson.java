package dev.sallyport.token;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.sallyport.credential.StoredCredential;
import dev.sallyport.http.Reply;
import dev.sallyport.http.Rfc3339;
import dev.sallyport.secret.TokenText;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tokens on the wire, in JSON:API. */
final class TokenJson {

    private static final String MEDIA_TYPE = "application/vnd.api+json";

    record Document<T>(Data<T> data) {}

    record Listing(List<Data<Attributes>> data, Meta meta) {}

    record Meta(Page page) {}

    record Page(long total_filtered_count) {}

    record Data<T>(String id, String type, T attributes, Relationships relationships) {}

    record Relationships(Relationship owned_by) {}

    record Relationship(Reference data) {}

    record Reference(String id, String type) {}

    record Attributes(
            String created_at,
            @Nullable String expires_at,
            @Nullable String last_used_at,

            // Absent until the first modification, where the use is null until the first use.
            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            String modified_at,

            String name,
            String public_portion,
            List<String> scopes) {}

    /** The one answer with the token itself. */
    record IssuedAttributes(
            String created_at,
            @Nullable String expires_at,
            String key,
            String name,
            String public_portion,
            List<String> scopes) {
        @Override
        public String toString() {
            return "IssuedAttributes(" + public_portion + ")";
        }
    }

    private final String brand;

    TokenJson(String brand) {
        this.brand = brand;
    }

    Reply issued(IssuedToken issued) {
        var token = issued.token();
        var attributes = new IssuedAttributes(
                Rfc3339.format(token.createdAt()),
                formatted(token.expiresAt()),
                issued.secret().reveal(),
                token.name(),
                publicPortion(token),
                token.scopeNames());
        return Reply.json(201, MEDIA_TYPE, new Document<>(data(token, attributes)));
    }

    Reply one(StoredCredential token) {
        return Reply.json(200, MEDIA_TYPE, new Document<>(data(token, attributes(token))));
    }

    Reply page(ListTokens.Page page) {
        var items = page.tokens().stream()
                .map(token -> data(token, attributes(token)))
                .toList();
        return Reply.json(200, MEDIA_TYPE, new Listing(items, new Meta(new Page(page.found()))));
    }

    private Attributes attributes(StoredCredential token) {
        return new Attributes(
                Rfc3339.format(token.createdAt()),
                formatted(token.expiresAt()),
                formatted(token.lastUsedAt()),
                formatted(token.modifiedAt()),
                token.name(),
                publicPortion(token),
                token.scopeNames());
    }

    private static <T> Data<T> data(StoredCredential token, T attributes) {
        var family = TokenFamily.of(token.kind());
        var owner = new Relationship(new Reference(String.valueOf(token.owner()), family.ownerType()));
        return new Data<>(token.id().toString(), family.type(), attributes, new Relationships(owner));
    }

    private String publicPortion(StoredCredential token) {
        return TokenText.publicPortion(
                TokenFamily.of(token.kind()).prefix(brand), token.id().value());
    }

    private static @Nullable String formatted(@Nullable Instant instant) {
        return instant == null ? null : Rfc3339.format(instant);
    }
}
