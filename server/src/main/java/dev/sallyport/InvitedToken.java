package dev.sallyport;

import dev.sallyport.audit.Actor;
import dev.sallyport.credential.CredentialStore;
import dev.sallyport.credential.Credentials;
import dev.sallyport.directory.FirstCredential;
import dev.sallyport.identity.CredentialId;
import dev.sallyport.identity.Organization;
import dev.sallyport.identity.OrganizationId;
import dev.sallyport.identity.Principal;
import dev.sallyport.permission.Authority;
import dev.sallyport.rule.Rules;
import dev.sallyport.sql.Transaction;
import dev.sallyport.token.Redemption;
import dev.sallyport.token.Tokens;
import java.time.Instant;
import java.util.Optional;

/** Whoever takes up an invitation gets a first token, in the change that lets them in. */
final class InvitedToken implements FirstCredential<Redemption> {

    private final Rules rules;
    private final Tokens tokens;
    private final CredentialStore credentials = new CredentialStore();

    InvitedToken(Rules rules, Tokens tokens) {
        this.rules = rules;
        this.tokens = tokens;
    }

    @Override
    public void holdRules(Transaction transaction, OrganizationId organization, Instant now) {
        rules.hold(transaction, organization, now);
    }

    @Override
    public boolean holdMaker(Transaction transaction, OrganizationId organization, CredentialId maker) {
        return credentials.hold(transaction, organization, maker);
    }

    @Override
    public Issued<Redemption> issue(
            Transaction transaction, Organization organization, Principal user, Authority scopes, Actor actor) {
        return tokens.issueInvited(transaction, user, scopes, actor)
                .map(issued -> new Issued<Redemption>(
                        new Redemption.Redeemed(issued.token(), issued.secret()),
                        Optional.of(Credentials.change(
                                organization.id(), issued.token().id()))))
                .orElseGet(() -> new Issued<>(new Redemption.WithoutToken(), Optional.empty()));
    }
}
