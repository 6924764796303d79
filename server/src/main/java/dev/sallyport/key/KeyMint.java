package dev.sallyport.key;

import dev.sallyport.audit.Actor;
import dev.sallyport.audit.Asset;
import dev.sallyport.audit.AuditAction;
import dev.sallyport.audit.ChangeTrail;
import dev.sallyport.credential.CredentialStore;
import dev.sallyport.credential.StoredCredential;
import dev.sallyport.identity.CredentialId;
import dev.sallyport.identity.CredentialKind;
import dev.sallyport.identity.PrincipalId;
import dev.sallyport.secret.ApiKeyText;
import dev.sallyport.secret.KeyText;
import dev.sallyport.secret.Pepper;
import dev.sallyport.secret.Secret;
import dev.sallyport.sql.Transaction;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes a key: its text, its row and its place in the trail. What it may be is decided before. */
final class KeyMint {

    /**
     * @param scopes empty for all that the owner holds
     * @param expiresAt null for never
     */
    record ApplicationKeyOrder(
            PrincipalId owner,
            int epoch,
            String name,
            Optional<List<String>> scopes,
            @Nullable Instant expiresAt) {}

    record ApiKeyOrder(
            String name,
            String category,
            boolean isRemoteConfigReadEnabled,
            @Nullable Instant expiresAt) {}

    private final CredentialStore credentials;
    private final ApiKeyStore apiKeys;
    private final ChangeTrail trail;
    private final Pepper pepper;
    private final String prefix;
    private final KeyLimits limits;
    private final SecureRandom random;

    KeyMint(
            CredentialStore credentials,
            ApiKeyStore apiKeys,
            ChangeTrail trail,
            Pepper pepper,
            String prefix,
            KeyLimits limits,
            SecureRandom random) {
        this.credentials = credentials;
        this.apiKeys = apiKeys;
        this.trail = trail;
        this.pepper = pepper;
        this.prefix = prefix;
        this.limits = limits;
        this.random = random;
    }

    /** The new key; empty if its owner has too many already. */
    Optional<IssuedKey> applicationKey(Transaction transaction, Actor actor, ApplicationKeyOrder order, Instant now) {
        var secret = KeyText.mint(prefix, random);
        var key = stored(
                actor,
                CredentialKind.APPLICATION_KEY,
                order.owner(),
                order.name(),
                order.scopes(),
                order.expiresAt(),
                secret,
                now);
        var digest = KeyText.digest(pepper, secret);
        if (!credentials.insert(transaction, key, order.epoch(), digest, limits.applicationKeysPerOwner())) {
            return Optional.empty();
        }
        trail.record(
                transaction,
                actor,
                AuditAction.APPLICATION_KEY_CREATED,
                new Asset(key.id().toString(), key.name()),
                Map.of("owner", order.owner().toString(), "scopes", text(order.scopes()), "legacy", "true"),
                now);
        return Optional.of(new IssuedKey(key, secret));
    }

    /** The new key; empty if the organization has too many already. Its name is free, and the organization's row is held. */
    Optional<IssuedKey> apiKey(Transaction transaction, Actor actor, ApiKeyOrder order, Instant now) {
        var secret = ApiKeyText.mint(random);
        var key = stored(
                actor, CredentialKind.API_KEY, null, order.name(), Optional.empty(), order.expiresAt(), secret, now);
        var digest = ApiKeyText.digest(pepper, secret);
        if (!credentials.insert(transaction, key, 0, digest, limits.apiKeysPerOrganization())) {
            return Optional.empty();
        }
        apiKeys.insert(transaction, new ApiKey(key, order.category(), order.isRemoteConfigReadEnabled()));
        trail.record(
                transaction,
                actor,
                AuditAction.API_KEY_CREATED,
                new Asset(key.id().toString(), key.name()),
                Map.of("category", order.category()),
                now);
        return Optional.of(new IssuedKey(key, secret));
    }

    private static StoredCredential stored(
            Actor actor,
            CredentialKind kind,
            @Nullable PrincipalId owner,
            String name,
            Optional<List<String>> scopes,
            @Nullable Instant expiresAt,
            Secret secret,
            Instant now) {
        var credential = actor.credential();
        var creator = actor.principal();
        return new StoredCredential(
                CredentialId.random(),
                actor.organization(),
                owner,
                kind,
                name,
                scopes,
                List.of(),
                lastFour(secret),
                credential == null ? null : credential.id(),
                creator == null ? null : creator.id(),
                now,
                null,
                null,
                expiresAt,
                null,
                new StoredCredential.State.Active());
    }

    private static String lastFour(Secret secret) {
        var text = secret.reveal();
        return text.substring(text.length() - 4);
    }

    /** Scopes as the trail says them. */
    static String text(Optional<List<String>> scopes) {
        return scopes.map(names -> String.join(" ", names)).orElse("unscoped");
    }
}
