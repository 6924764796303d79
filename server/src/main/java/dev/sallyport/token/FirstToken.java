package dev.sallyport.token;

import dev.sallyport.audit.Actor;
import dev.sallyport.credential.CredentialStore;
import dev.sallyport.identity.CredentialKind;
import dev.sallyport.identity.Principal;
import dev.sallyport.permission.Authority;
import dev.sallyport.permission.Permissions;
import dev.sallyport.rule.NewCredential;
import dev.sallyport.rule.Rules;
import dev.sallyport.sql.Transaction;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** The token with which somebody begins. */
final class FirstToken {

    static final String NAME = "setup";
    static final Duration LIFE = Duration.ofDays(90);

    private final CredentialStore tokens;
    private final Rules rules;
    private final TokenMint mint;
    private final Permissions permissions;

    FirstToken(CredentialStore tokens, Rules rules, TokenMint mint, Permissions permissions) {
        this.tokens = tokens;
        this.rules = rules;
        this.mint = mint;
        this.permissions = permissions;
    }

    /** Takes the user's row until the commit, if the user is still active and of that epoch. Everybody takes it before the trail. */
    boolean hold(Transaction transaction, Principal user) {
        return tokens.holdOwner(transaction, user.organization(), user.id(), user.epoch());
    }

    /**
     * An administrator's. No rule of the organization is asked: it is the way in to change the rules. Empty if the user is not
     * active any more, or the epoch is an old one.
     */
    Optional<IssuedToken> issue(Transaction transaction, Actor actor, Principal user, Authority scopes, Instant now) {
        var wanted = wanted(scopes, now);
        return hold(transaction, user) ? mint(transaction, actor, user, wanted, now) : Optional.empty();
    }

    /** Of a user who was invited: as much as the rules allow. Empty if they allow none, or the user is not active any more. */
    Optional<IssuedToken> issueWithinRules(
            Transaction transaction, Actor actor, Principal user, Authority scopes, Instant now) {
        return rules.fitted(transaction, actor, wanted(scopes, now), now)
                .filter(_ -> hold(transaction, user))
                .flatMap(fitted -> mint(transaction, actor, user, fitted, now));
    }

    private NewCredential wanted(Authority scopes, Instant now) {
        return new NewCredential(
                CredentialKind.PERSONAL_ACCESS_TOKEN, Optional.of(permissions.namesOf(scopes)), now.plus(LIFE));
    }

    private Optional<IssuedToken> mint(
            Transaction transaction, Actor actor, Principal user, NewCredential fitted, Instant now) {
        // The way in must not depend on how many tokens there are already.
        var order = new TokenMint.Order(
                TokenFamily.PERSONAL, user, NAME, fitted.scopes().orElseThrow(), fitted.expiresAt(), Integer.MAX_VALUE);
        return mint.issue(transaction, actor, order, now);
    }
}
