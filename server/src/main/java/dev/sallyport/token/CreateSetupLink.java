package dev.sallyport.token;

import dev.sallyport.audit.Actor;
import dev.sallyport.audit.Asset;
import dev.sallyport.audit.AuditAction;
import dev.sallyport.audit.ChangeTrail;
import dev.sallyport.identity.CredentialId;
import dev.sallyport.identity.OrganizationId;
import dev.sallyport.identity.Principal;
import dev.sallyport.identity.PrincipalId;
import dev.sallyport.secret.OneTimeCode;
import dev.sallyport.sql.Database;
import dev.sallyport.sql.Transaction;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;

/** Makes the link with which an administrator gets a first token. It is good for an hour, and replaces an earlier one. */
final class CreateSetupLink {

    static final Duration LIFE = Duration.ofHours(1);

    sealed interface Result {
        record Created(SetupLink link) implements Result {}

        /** Nobody of that id is an active administrator of that organization. */
        record NotAnAdministrator() implements Result {}
    }

    private final Database database;
    private final SetupLinkStore links;
    private final ChangeTrail trail;
    private final OneTimeCode code;
    private final InstantSource clock;

    CreateSetupLink(Database database, SetupLinkStore links, ChangeTrail trail, OneTimeCode code, InstantSource clock) {
        this.database = database;
        this.links = links;
        this.trail = trail;
        this.code = code;
        this.clock = clock;
    }

    Result create(Actor actor, OrganizationId organization, PrincipalId user) {
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        // No replica knows of links: there is nothing to tell the feed.
        return database.inTransaction(transaction -> links.administrator(transaction, organization, user)
                .<Result>map(administrator -> new Result.Created(create(transaction, actor, administrator, now)))
                .orElseGet(Result.NotAnAdministrator::new));
    }

    private SetupLink create(Transaction transaction, Actor actor, Principal administrator, Instant now) {
        var id = CredentialId.random();
        var link = new SetupLink(id, code.mint(id.value()), now.plus(LIFE));
        links.put(transaction, link, administrator, code.digest(link.code()), now);
        trail.record(
                transaction,
                actor,
                AuditAction.SETUP_LINK_CREATED,
                new Asset(id.toString(), administrator.email()),
                Map.of(
                        "owner",
                        administrator.id().toString(),
                        "expires_at",
                        link.expiresAt().toString()),
                now);
        return link;
    }
}
