package dev.sallyport.token;

import dev.sallyport.audit.Actor;
import dev.sallyport.credential.CredentialStore;
import dev.sallyport.identity.Principal;
import dev.sallyport.permission.Authority;
import dev.sallyport.permission.Permissions;
import dev.sallyport.sql.Transaction;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** The token with which an administrator begins. No rule of the organization is asked: it is the way in to change the rules. */
final class FirstToken {

    static final String NAME = "setup";
    static final Duration LIFE = Duration.ofDays(90);

    private final CredentialStore tokens;
    private final TokenMint mint;
    private final Permissions permissions;

    FirstToken(CredentialStore tokens, TokenMint mint, Permissions permissions) {
        this.tokens = tokens;
        this.mint = mint;
        this.permissions = permissions;
    }

    /** Takes the user's row until the commit, if the user is still active and of that epoch. Everybody takes it before the trail. */
    boolean hold(Transaction transaction, Principal user) {
        return tokens.holdOwner(transaction, user.organization(), user.id(), user.epoch());
    }

    /** Empty if the user is not active any more, or the epoch is an old one. */
    Optional<IssuedToken> issue(Transaction transaction, Actor actor, Principal user, Authority scopes, Instant now) {
        if (!hold(transaction, user)) {
            return Optional.empty();
        }
        // The way in must not depend on how many tokens there are already.
        var order = new TokenMint.Order(
                TokenFamily.PERSONAL, user, NAME, permissions.namesOf(scopes), now.plus(LIFE), Integer.MAX_VALUE);
        return mint.issue(transaction, actor, order, now);
    }
}
