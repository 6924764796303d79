package dev.sallyport.directory;

import dev.sallyport.audit.Actor;
import dev.sallyport.audit.AuditAction;
import dev.sallyport.audit.ChangeTrail;
import dev.sallyport.feed.Feed;
import dev.sallyport.feed.Outcome;
import dev.sallyport.identity.Credential;
import dev.sallyport.identity.CredentialId;
import dev.sallyport.identity.CredentialKind;
import dev.sallyport.identity.Origin;
import dev.sallyport.permission.Authority;
import dev.sallyport.permission.Permission;
import dev.sallyport.secret.OneTimeCode;
import dev.sallyport.secret.Pepper;
import dev.sallyport.sql.Transaction;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Lets in whoever shows the code of an invitation, once, with a first credential. */
final class AcceptInvitation {

    private final Feed feed;
    private final OrganizationStore organizations;
    private final PrincipalStore users;
    private final RoleStore roles;
    private final InvitationStore invitations;
    private final VisiblePermissions visible;
    private final ChangeTrail trail;
    private final OneTimeCode invitationCode;
    private final InstantSource clock;

    AcceptInvitation(
            Feed feed,
            OrganizationStore organizations,
            PrincipalStore users,
            RoleStore roles,
            InvitationStore invitations,
            VisiblePermissions visible,
            ChangeTrail trail,
            OneTimeCode invitationCode,
            InstantSource clock) {
        this.feed = feed;
        this.organizations = organizations;
        this.users = users;
        this.roles = roles;
        this.invitations = invitations;
        this.visible = visible;
        this.trail = trail;
        this.invitationCode = invitationCode;
        this.clock = clock;
    }

    /** Empty for whatever is no open invitation: wrong, used, withdrawn, replaced and expired codes look the same. */
    <T> Optional<T> accept(String text, Origin origin, FirstCredential<T> first) {
        var code = invitationCode.recognise(text);
        if (code == null) {
            return Optional.empty();
        }
        var digest = invitationCode.digest(code);
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        return feed.change(transaction -> invitations
                .kept(transaction, new CredentialId(code.id()))
                .filter(kept -> Pepper.equal(kept.digest, digest))
                .flatMap(kept -> used(transaction, kept, first, now))
                .map(accepted -> comeIn(transaction, accepted, origin, first, now))
                .orElseGet(() -> Outcome.unchanged(Optional.empty())));
    }

    private record Accepted(InvitationStore.Kept kept, PrincipalFact user) {}

    /** The rules first, then the user's row, as everybody does who ends what the user has. */
    private Optional<Accepted> used(
            Transaction transaction, InvitationStore.Kept kept, FirstCredential<?> first, Instant now) {
        first.holdRules(transaction, kept.organization, now);
        var maker = kept.mintedBy;
        return users.find(transaction, kept.organization, kept.invitation.user())
                .filter(user -> user.principal().epoch() == kept.ownerEpoch)
                .filter(user -> users.hold(transaction, user.principal()))
                .filter(user -> users.isInvitable(transaction, user.principal(), now))
                .filter(_ -> maker == null || first.holdMaker(transaction, kept.organization, maker))
                .filter(_ -> invitations.accept(transaction, kept.organization, kept.invitation.id(), now))
                .map(user -> new Accepted(kept, user));
    }

    private <T> Outcome<Optional<T>> comeIn(
            Transaction transaction, Accepted accepted, Origin origin, FirstCredential<T> first, Instant now) {
        var kept = accepted.kept();
        var organization = organizations.find(transaction, kept.organization).orElseThrow();
        var user = users.accept(transaction, accepted.user().principal(), now);
        var scopes = scopes(transaction, accepted);
        var actor = new Actor(organization.id(), user, credential(kept, scopes), origin);
        trail.record(
                transaction,
                actor,
                AuditAction.INVITATION_ACCEPTED,
                AddUser.asset(user),
                Map.of("invitation", kept.invitation.id().toString()),
                now);
        var issued = first.issue(transaction, organization, user, scopes, actor);
        var changes = Stream.concat(Stream.of(AddUser.change(user)), issued.change().stream())
                .toList();
        return Outcome.changed(changes, Optional.of(issued.shown()));
    }

    /**
     * What the user holds now and held when the invitation was made. Whoever made it may have kept the link: what others gave
     * the user since is not for them.
     */
    private Authority scopes(Transaction transaction, Accepted accepted) {
        var organization = accepted.kept().organization;
        var held = visible.heldBy(organization, accepted.user().roles(), roles.all(transaction, organization));
        var permissions = visible.permissions();
        return permissions
                .ofStored(String.join(" ", accepted.kept().scopes))
                .intersect(held)
                .intersect(permissions.matching(Permission::isTokenScope));
    }

    private static Credential credential(InvitationStore.Kept kept, Authority scopes) {
        return new Credential(
                kept.invitation.id(),
                CredentialKind.INVITATION,
                "invitation",
                scopes,
                kept.invitation.expiresAt(),
                kept.mintedBy);
    }
}
