package dev.sallyport.token;

import dev.sallyport.identity.CredentialId;
import dev.sallyport.identity.DisplayName;
import dev.sallyport.identity.OrganizationId;
import dev.sallyport.identity.PrincipalId;
import dev.sallyport.sql.Row;
import dev.sallyport.sql.Transaction;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** The {@code token} table. When a token was last used stands in {@code credential_use}, which is only read here. */
final class TokenStore {

    /**
     * Takes the owner's row until the commit, if the owner is active in that epoch.
     *
     * <p>Whoever disables the owner writes the same row, so either waits for the other; and the owner's tokens are counted
     * by one transaction at a time.
     */
    boolean holdOwner(Transaction transaction, OrganizationId organization, PrincipalId owner, int epoch) {
        return transaction
                        .sql("""
                                UPDATE principal SET epoch = epoch
                                WHERE organization_id = ? AND id = ? AND state = 'active' AND epoch = ?
                                """)
                        .with(organization.value(), owner.value(), epoch)
                        .update()
                == 1;
    }

    /** Takes the row of a live token until the commit, so that its revocation waits or has come first; its scopes. */
    Optional<List<String>> holdLive(
            Transaction transaction, OrganizationId organization, CredentialId id, Instant now) {
        return transaction
                .sql("""
                        UPDATE token SET revoked_at = revoked_at
                        WHERE organization_id = ? AND id = ? AND revoked_at IS NULL AND expires_at > ?
                        RETURNING scopes
                        """)
                .with(organization.value(), id.value(), now)
                .map(row -> scopes(row.text("scopes")))
                .optional();
    }

    /** The same for a token that may have expired, without its scopes. */
    boolean hold(Transaction transaction, OrganizationId organization, CredentialId id) {
        return transaction.sql("""
                                UPDATE token SET revoked_at = revoked_at
                                WHERE organization_id = ? AND id = ? AND revoked_at IS NULL
                                """).with(organization.value(), id.value()).update() == 1;
    }

    /** The scopes of a credential if it and its owner are live; says nothing about the moment of the commit. */
    Optional<List<String>> liveScopes(
            Transaction transaction, OrganizationId organization, CredentialId id, int epoch, Instant now) {
        return transaction
                .sql("""
                        SELECT token.scopes FROM token
                        JOIN principal ON principal.id = token.owner_id
                        WHERE token.organization_id = ? AND token.id = ? AND token.revoked_at IS NULL
                          AND token.expires_at > ? AND token.owner_epoch = ?
                          AND principal.epoch = ? AND principal.state = 'active'
                        """)
                .with(organization.value(), id.value(), now, epoch, epoch)
                .map(row -> scopes(row.text("scopes")))
                .optional();
    }

    /** False if the owner has that many live tokens already; exact while {@link #holdOwner} holds the owner. */
    boolean insert(Transaction transaction, Token token, int ownerEpoch, byte[] digest, int mostLive) {
        var mintedBy = token.mintedBy();
        return transaction
                        .sql("""
                                INSERT INTO token (id, organization_id, owner_id, kind, name, name_folded, scopes, digest,
                                    pepper_version, owner_epoch, minted_by, created_at, expires_at)
                                SELECT ?, ?, ?, 'personal_access_token', ?, ?, ?, ?, ?, ?, ?, ?, ?
                                WHERE (SELECT count(*) FROM token
                                       WHERE organization_id = ? AND owner_id = ? AND owner_epoch = ?
                                         AND revoked_at IS NULL AND expires_at > ?) < ?
                                """)
                        .with(
                                token.id().value(),
                                token.organization().value(),
                                token.owner().value(),
                                token.name(),
                                DisplayName.folded(token.name()),
                                scopesText(token.scopes()),
                                digest,
                                TokenMint.PEPPER_VERSION,
                                ownerEpoch,
                                mintedBy == null ? null : mintedBy.value(),
                                token.createdAt(),
                                token.expiresAt(),
                                token.organization().value(),
                                token.owner().value(),
                                ownerEpoch,
                                token.createdAt(),
                                mostLive)
                        .update()
                == 1;
    }

    /** A token that people see: neither revoked nor ended with an epoch of its owner. */
    Optional<Token> find(Transaction transaction, OrganizationId organization, CredentialId id) {
        return transaction
                .sql("""
                        SELECT id, organization_id, owner_id, name, scopes, minted_by, created_at, modified_at,
                               expires_at, last_used_at
                        FROM listed_token WHERE organization_id = ? AND id = ?
                        """)
                .with(organization.value(), id.value())
                .map(TokenStore::listed)
                .optional();
    }

    /** A token in whatever state, as long as there was one; without its use. */
    Optional<Token> findEver(Transaction transaction, OrganizationId organization, CredentialId id) {
        return transaction
                .sql("""
                        SELECT id, organization_id, owner_id, name, scopes, minted_by, created_at, modified_at,
                               expires_at, NULL AS last_used_at, revoked_at
                        FROM token WHERE organization_id = ? AND id = ?
                        """)
                .with(organization.value(), id.value())
                .map(row -> token(
                        row,
                        row.optionalInstant("revoked_at")
                                .<Token.State>map(Token.State.Revoked::new)
                                .orElseGet(Token.State.Active::new)))
                .optional();
    }

    List<Token> list(Transaction transaction, TokenListing listing) {
        var page = listing.owners().size() == 1
                ? transaction
                        .sql(listing.sort().ofOne())
                        .with(
                                listing.organization().value(),
                                listing.owners().first().value(),
                                listing.pattern(),
                                listing.size(),
                                listing.offset())
                : transaction
                        .sql(listing.sort().ofAll())
                        .with(
                                listing.organization().value(),
                                listing.ownersText(),
                                listing.ownersText(),
                                listing.pattern(),
                                listing.size(),
                                listing.offset());
        return page.map(TokenStore::listed).list();
    }

    /** How many tokens all pages hold. */
    long count(Transaction transaction, TokenListing listing) {
        var counted = listing.owners().size() == 1
                ? transaction
                        .sql("""
                                SELECT count(*) AS found FROM listed_token
                                WHERE organization_id = ? AND owner_id = ? AND name_folded LIKE ? ESCAPE '!'
                                """)
                        .with(
                                listing.organization().value(),
                                listing.owners().first().value(),
                                listing.pattern())
                : transaction
                        .sql("""
                                SELECT count(*) AS found FROM listed_token
                                WHERE organization_id = ? AND (? = '' OR ? LIKE '%' || owner_id || '%')
                                  AND name_folded LIKE ? ESCAPE '!'
                                """)
                        .with(
                                listing.organization().value(),
                                listing.ownersText(),
                                listing.ownersText(),
                                listing.pattern());
        return counted.map(row -> row.number("found")).one();
    }

    /** Name and scopes. False if the token has been revoked: nothing is written over that. */
    boolean edit(
            Transaction transaction,
            OrganizationId organization,
            CredentialId id,
            String name,
            Collection<String> scopes,
            Instant at) {
        return transaction
                        .sql("""
                                UPDATE token SET name = ?, name_folded = ?, scopes = ?, modified_at = ?
                                WHERE organization_id = ? AND id = ? AND revoked_at IS NULL
                                """)
                        .with(name, DisplayName.folded(name), scopesText(scopes), at, organization.value(), id.value())
                        .update()
                == 1;
    }

    /** False if it was revoked already: the first revocation stands. */
    boolean revoke(Transaction transaction, OrganizationId organization, CredentialId id, Instant at) {
        return transaction.sql("""
                                UPDATE token SET revoked_at = ?
                                WHERE organization_id = ? AND id = ? AND revoked_at IS NULL
                                """).with(at, organization.value(), id.value()).update() == 1;
    }

    private static Token listed(Row row) {
        return token(row, new Token.State.Active());
    }

    private static Token token(Row row, Token.State state) {
        return new Token(
                new CredentialId(row.uuid("id")),
                new OrganizationId(row.uuid("organization_id")),
                new PrincipalId(row.uuid("owner_id")),
                row.text("name"),
                scopes(row.text("scopes")),
                row.optionalUuid("minted_by").map(CredentialId::new).orElse(null),
                row.instant("created_at"),
                row.optionalInstant("modified_at").orElse(null),
                row.instant("expires_at"),
                row.optionalInstant("last_used_at").orElse(null),
                state);
    }

    private static List<String> scopes(String text) {
        return List.of(text.split(" "));
    }

    private static String scopesText(Collection<String> scopes) {
        return String.join(" ", scopes);
    }
}
