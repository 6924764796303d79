package dev.sallyport.token;

import dev.sallyport.audit.Actor;
import dev.sallyport.audit.Asset;
import dev.sallyport.audit.AuditAction;
import dev.sallyport.audit.ChangeTrail;
import dev.sallyport.credential.Credentials;
import dev.sallyport.feed.Feed;
import dev.sallyport.feed.Outcome;
import dev.sallyport.identity.Credential;
import dev.sallyport.identity.CredentialId;
import dev.sallyport.identity.CredentialKind;
import dev.sallyport.identity.Origin;
import dev.sallyport.identity.Principal;
import dev.sallyport.secret.OneTimeCode;
import dev.sallyport.secret.Pepper;
import dev.sallyport.secret.TokenText;
import dev.sallyport.sql.Transaction;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;

/** Turns the code of a setup link into the first token of its administrator, once. */
final class RedeemSetupLink {

    private final Feed feed;
    private final SetupLinkStore links;
    private final ChangeTrail trail;
    private final OneTimeCode setupCode;
    private final FirstToken firstToken;
    private final ScopeCheck scopeCheck;
    private final InstantSource clock;

    RedeemSetupLink(
            Feed feed,
            SetupLinkStore links,
            ChangeTrail trail,
            OneTimeCode setupCode,
            FirstToken firstToken,
            ScopeCheck scopeCheck,
            InstantSource clock) {
        this.feed = feed;
        this.links = links;
        this.trail = trail;
        this.setupCode = setupCode;
        this.firstToken = firstToken;
        this.scopeCheck = scopeCheck;
        this.clock = clock;
    }

    Redemption redeem(String text, Origin origin) {
        var code = setupCode.recognise(text);
        if (code == null) {
            return new Redemption.Refused();
        }
        var digest = setupCode.digest(code);
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        return feed.change(transaction -> redeem(transaction, code, digest, origin, now)
                .<Outcome<Redemption>>map(issued -> Outcome.changed(
                        Credentials.change(
                                issued.token().organization(), issued.token().id()),
                        new Redemption.Redeemed(issued.token(), issued.secret())))
                .orElseGet(() -> Outcome.unchanged(new Redemption.Refused())));
    }

    private Optional<IssuedToken> redeem(
            Transaction transaction, TokenText code, byte[] digest, Origin origin, Instant now) {
        return links.find(transaction, new CredentialId(code.id()))
                .filter(link -> Pepper.equal(link.digest, digest))
                // Disabling the user raised the epoch: a link from before that never works again.
                .filter(link -> link.ownerEpoch == link.user.epoch())
                .filter(link -> isAdministrator(transaction, link.user))
                .filter(link -> firstToken.hold(transaction, link.user))
                .filter(link -> links.redeem(transaction, link.user.organization(), link.id, now))
                .flatMap(link -> issue(transaction, link, origin, now));
    }

    private boolean isAdministrator(Transaction transaction, Principal user) {
        return links.administrator(transaction, user.organization(), user.id()).isPresent();
    }

    private Optional<IssuedToken> issue(Transaction transaction, SetupLinkStore.Open link, Origin origin, Instant now) {
        var organization = link.user.organization();
        var scopes = scopeCheck.all(organization);
        var credential = new Credential(link.id, CredentialKind.SETUP_LINK, "setup link", scopes, link.expiresAt, null);
        var actor = new Actor(organization, link.user, credential, origin);
        trail.record(
                transaction,
                actor,
                AuditAction.SETUP_LINK_REDEEMED,
                new Asset(link.id.toString(), link.user.email()),
                Map.of("owner", link.user.id().toString()),
                now);
        return firstToken.issue(transaction, actor, link.user, scopes, now);
    }
}
