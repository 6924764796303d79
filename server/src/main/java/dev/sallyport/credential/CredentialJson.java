package dev.sallyport.credential;

import dev.sallyport.http.Rfc3339;
import dev.sallyport.identity.CredentialKind;
import dev.sallyport.identity.PrincipalId;
import dev.sallyport.secret.TokenText;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A credential in the inventory.
 *
 * @param public_portion the beginning of a token, which is no secret; null for a key
 * @param last_four the end of a key; null for a token
 * @param owner null for an API key
 * @param scopes null where it is not narrowed
 */
record CredentialJson(
        String id,
        String kind,
        boolean legacy,
        String name,
        @Nullable String public_portion,
        @Nullable String last_four,
        @Nullable OwnerJson owner,
        @Nullable List<String> scopes,
        List<String> addresses,
        @Nullable String minted_by,
        @Nullable String creator,
        String created_at,
        @Nullable String modified_at,
        @Nullable String last_used_at,
        @Nullable String expires_at) {

    record OwnerJson(String id, String kind, String name, String email) {}

    static CredentialJson of(StoredCredential credential, Map<PrincipalId, CredentialOwner> owners, String brand) {
        var owner = credential.owner() == null ? null : owners.get(credential.owner());
        return new CredentialJson(
                credential.id().toString(),
                credential.kind().code(),
                credential.kind().isLegacy(),
                credential.name(),
                publicPortion(credential, brand),
                credential.lastFour(),
                owner == null ? null : owner.json(),
                credential.scopes().orElse(null),
                credential.addresses(),
                text(credential.mintedBy()),
                text(credential.creator()),
                Rfc3339.format(credential.createdAt()),
                time(credential.modifiedAt()),
                time(credential.lastUsedAt()),
                time(credential.expiresAt()));
    }

    private static @Nullable String publicPortion(StoredCredential credential, String brand) {
        return switch (credential.kind()) {
            case PERSONAL_ACCESS_TOKEN ->
                TokenText.publicPortion(brand + "pat", credential.id().value());
            case SERVICE_ACCESS_TOKEN ->
                TokenText.publicPortion(brand + "sat", credential.id().value());
            case APPLICATION_KEY, API_KEY, SETUP_LINK, INVITATION -> null;
        };
    }

    /** How many of each kind, by its code. */
    static Map<String, Integer> counts(Map<CredentialKind, Integer> byKind) {
        var counts = new TreeMap<String, Integer>();
        byKind.forEach((kind, count) -> counts.put(kind.code(), count));
        return counts;
    }

    private static @Nullable String text(@Nullable Object id) {
        return id == null ? null : id.toString();
    }

    private static @Nullable String time(@Nullable Instant instant) {
        return instant == null ? null : Rfc3339.format(instant);
    }
}
