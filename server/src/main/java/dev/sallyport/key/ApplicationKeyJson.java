package dev.sallyport.key;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.sallyport.credential.StoredCredential;
import dev.sallyport.http.Reply;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;

/** Application keys on the wire, in JSON:API. */
final class ApplicationKeyJson {

    static final String TYPE = "application_keys";

    record Document<T>(
            Data<T> data,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            List<PersonJson> included) {}

    record Listing(
            List<Data<Attributes>> data,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            List<PersonJson> included,

            Meta meta) {}

    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    record Meta(int maxAllowedPerUser, Page page) {}

    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    record Page(long totalFilteredCount) {}

    record Data<T>(String id, String type, T attributes, Relationships relationships) {}

    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    record Relationships(Relationship ownedBy, Relationship leakInformation) {}

    /** @param legacy always: whoever reads a list of keys sees that there are better credentials */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    record Attributes(
            String createdAt,
            String last4,
            @Nullable String lastUsedAt,
            String name,
            @Nullable List<String> scopes,
            boolean legacy) {}

    /** The one answer with the key itself. */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    record CreatedAttributes(
            String createdAt,
            String key,
            String last4,
            @Nullable String lastUsedAt,
            String name,
            @Nullable List<String> scopes,
            boolean legacy) {
        @Override
        public String toString() {
            return "CreatedAttributes(" + last4 + ")";
        }
    }

    private final KeyLimits limits;

    ApplicationKeyJson(KeyLimits limits) {
        this.limits = limits;
    }

    Reply created(IssuedKey issued) {
        var key = issued.key();
        var attributes = new CreatedAttributes(
                WireTime.of(key.createdAt()),
                issued.secret().reveal(),
                String.valueOf(key.lastFour()),
                null,
                key.name(),
                key.scopes().orElse(null),
                true);
        return Reply.json(201, new Document<>(data(key, attributes), null));
    }

    Reply one(StoredCredential key) {
        return Reply.ok(new Document<>(data(key, attributes(key)), null));
    }

    Reply one(FindApplicationKeys.Page page, Set<String> include) {
        var key = page.keys().getFirst();
        return Reply.ok(new Document<>(data(key, attributes(key)), included(page, include)));
    }

    Reply page(FindApplicationKeys.Page page, Set<String> include) {
        var items = page.keys().stream().map(key -> data(key, attributes(key))).toList();
        var meta = new Meta(limits.applicationKeysPerOwner(), new Page(page.found()));
        return Reply.ok(new Listing(items, included(page, include), meta));
    }

    private static @Nullable List<PersonJson> included(FindApplicationKeys.Page page, Set<String> include) {
        return include.contains("owned_by") ? PersonJson.of(page.owners()) : null;
    }

    private static Attributes attributes(StoredCredential key) {
        return new Attributes(
                WireTime.of(key.createdAt()),
                String.valueOf(key.lastFour()),
                WireTime.ofNullable(key.lastUsedAt()),
                key.name(),
                key.scopes().orElse(null),
                true);
    }

    private static <T> Data<T> data(StoredCredential key, T attributes) {
        var relationships = new Relationships(Relationship.to(key.owner()), Relationship.NONE);
        return new Data<>(key.id().toString(), TYPE, attributes, relationships);
    }
}
