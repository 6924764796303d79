package dev.sallyport.key;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.sallyport.credential.StoredCredential;
import dev.sallyport.http.Reply;
import dev.sallyport.identity.PrincipalId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;

/** API keys on the wire, in JSON:API. */
final class ApiKeyJson {

    static final String TYPE = "api_keys";

    private static final Duration LATELY = Duration.ofHours(24);

    record Document(
            Data data,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            List<PersonJson> included) {}

    record Listing(
            List<Data> data,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            List<PersonJson> included,

            Meta meta) {}

    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    record Meta(int maxAllowed, Page page) {}

    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    record Page(long totalFilteredCount) {}

    record Data(String id, String type, Attributes attributes, Relationships relationships) {}

    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    record Relationships(
            // Left out where the operator created it: the Datadog clients take an empty one for no answer at all.
            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            Relationship createdBy,

            Relationship modifiedBy,
            Relationship leakInformation) {}

    /** @param key in the answer that creates it, and nowhere else */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    record Attributes(
            String createdAt,
            String modifiedAt,
            String name,
            String last4,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            String key,

            String category,
            boolean remoteConfigReadEnabled,
            @Nullable String dateLastUsed,

            @com.fasterxml.jackson.annotation.JsonProperty("used_in_last_24_hours")
            boolean isUsedLately) {
        @Override
        public String toString() {
            return "Attributes(" + last4 + ")";
        }
    }

    private final KeyLimits limits;
    private final InstantSource clock;

    ApiKeyJson(KeyLimits limits, InstantSource clock) {
        this.limits = limits;
        this.clock = clock;
    }

    Reply created(ApiKey key, IssuedKey issued) {
        return Reply.json(201, new Document(data(key, issued.secret().reveal()), null));
    }

    Reply one(ApiKey key) {
        return Reply.ok(new Document(data(key, null), null));
    }

    Reply one(FindApiKeys.Page page, Set<String> include) {
        return Reply.ok(new Document(data(page.keys().getFirst(), null), included(page, include)));
    }

    Reply page(FindApiKeys.Page page, Set<String> include) {
        var items = page.keys().stream().map(key -> data(key, null)).toList();
        var meta = new Meta(limits.apiKeysPerOrganization(), new Page(page.found()));
        return Reply.ok(new Listing(items, included(page, include), meta));
    }

    /** Who modified it last: whoever created it, until somebody else does. */
    static @Nullable PrincipalId modifier(StoredCredential key) {
        return key.modifiedAt() == null ? key.creator() : key.modifier();
    }

    private static @Nullable List<PersonJson> included(FindApiKeys.Page page, Set<String> include) {
        return include.contains("created_by") || include.contains("modified_by") ? PersonJson.of(page.people()) : null;
    }

    private Data data(ApiKey key, @Nullable String text) {
        var credential = key.credential();
        var modifiedAt = credential.modifiedAt();
        var attributes = new Attributes(
                WireTime.of(credential.createdAt()),
                WireTime.of(modifiedAt == null ? credential.createdAt() : modifiedAt),
                credential.name(),
                String.valueOf(credential.lastFour()),
                text,
                key.category(),
                key.isRemoteConfigReadEnabled(),
                WireTime.ofNullable(credential.lastUsedAt()),
                isLately(credential.lastUsedAt()));
        var relationships = new Relationships(
                credential.creator() == null ? null : Relationship.to(credential.creator()),
                Relationship.to(modifier(credential)),
                Relationship.NONE);
        return new Data(credential.id().toString(), TYPE, attributes, relationships);
    }

    private boolean isLately(@Nullable Instant use) {
        return use != null && use.isAfter(clock.instant().minus(LATELY));
    }
}
