package dev.sallyport.token;

import dev.sallyport.identity.CredentialId;
import dev.sallyport.identity.Organization;
import dev.sallyport.identity.OrganizationId;
import dev.sallyport.identity.Principal;
import dev.sallyport.identity.PrincipalId;
import dev.sallyport.sql.Row;
import dev.sallyport.sql.Transaction;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/** The {@code setup_link} table, and the administrators that links are for. */
final class SetupLinkStore {

    /** What stands in the table of one link, and the principal it is for as it is now. */
    static final class Open {
        final CredentialId id;
        final Principal user;
        final int ownerEpoch;
        final Instant expiresAt;
        final byte[] digest;

        private Open(Row row) {
            id = new CredentialId(row.uuid("link_id"));
            user = user(row);
            ownerEpoch = row.integer("owner_epoch");
            expiresAt = row.instant("expires_at");
            digest = row.bytes("digest");
        }
    }

    /** An active administrator of that organization. */
    Optional<Principal> administrator(Transaction transaction, OrganizationId organization, PrincipalId id) {
        return transaction
                .sql("""
                        SELECT id, organization_id, email, name, state, epoch, created_at, modified_at
                        FROM principal
                        WHERE organization_id = ? AND id = ? AND state = 'active' AND EXISTS (
                            SELECT 1 FROM role_member JOIN role ON role.id = role_member.role_id
                            WHERE role_member.organization_id = principal.organization_id
                              AND role_member.principal_id = principal.id AND role.managed = 'admin')
                        """)
                .with(organization.value(), id.value())
                .map(SetupLinkStore::user)
                .optional();
    }

    /** Of all organizations: the program asks, before anybody can. */
    Optional<UnclaimedOrganization> unclaimed(Transaction transaction, Instant now) {
        return transaction
                .sql("""
                        SELECT principal.id, principal.organization_id, principal.email, principal.name, principal.state,
                               principal.epoch, principal.created_at, principal.modified_at,
                               organization.name AS organization_name, organization.created_at AS founded_at
                        FROM organization
                        JOIN role ON role.organization_id = organization.id AND role.managed = 'admin'
                        JOIN role_member ON role_member.role_id = role.id
                        JOIN principal ON principal.id = role_member.principal_id AND principal.state = 'active'
                        WHERE NOT EXISTS (SELECT 1 FROM credential token
                                          JOIN role_member other ON other.principal_id = token.owner_id
                                              AND other.role_id = role.id
                                          JOIN principal owner ON owner.id = token.owner_id
                                              AND owner.state = 'active' AND owner.epoch = token.owner_epoch
                                          WHERE token.organization_id = organization.id
                                            AND token.revoked_at IS NULL AND (token.expires_at IS NULL OR token.expires_at > ?))
                        ORDER BY organization.created_at, organization.id, principal.created_at, principal.id
                        LIMIT 1
                        """)
                .with(now)
                .map(row -> {
                    var user = user(row);
                    return new UnclaimedOrganization(
                            new Organization(
                                    user.organization(), row.text("organization_name"), row.instant("founded_at")),
                            user);
                })
                .optional();
    }

    /** The link takes the place of an open one of the same user. */
    void put(Transaction transaction, SetupLink link, Principal user, byte[] digest, Instant now) {
        transaction
                .sql("""
                        INSERT INTO setup_link
                            (id, organization_id, principal_id, owner_epoch, digest, created_at, expires_at)
                        VALUES (?, ?, ?, ?, ?, ?, ?)
                        ON CONFLICT (principal_id) WHERE redeemed_at IS NULL DO UPDATE SET
                            id = excluded.id, owner_epoch = excluded.owner_epoch, digest = excluded.digest,
                            created_at = excluded.created_at, expires_at = excluded.expires_at
                        """)
                .with(
                        link.id().value(),
                        user.organization().value(),
                        user.id().value(),
                        user.epoch(),
                        digest,
                        now,
                        link.expiresAt())
                .update();
    }

    /** By the id in the code: a code does not say to which organization it belongs. */
    Optional<Open> find(Transaction transaction, CredentialId id) {
        return transaction.sql("""
                        SELECT setup_link.id AS link_id, setup_link.owner_epoch, setup_link.digest,
                               setup_link.expires_at, principal.id, principal.organization_id, principal.email,
                               principal.name, principal.state, principal.epoch, principal.created_at,
                               principal.modified_at
                        FROM setup_link JOIN principal ON principal.id = setup_link.principal_id
                        WHERE setup_link.id = ?
                        """).with(id.value()).map(Open::new).optional();
    }

    /** False for all but the first, and after the end. */
    boolean redeem(Transaction transaction, OrganizationId organization, CredentialId id, Instant now) {
        return transaction
                        .sql("""
                                UPDATE setup_link SET redeemed_at = ?
                                WHERE organization_id = ? AND id = ? AND redeemed_at IS NULL AND expires_at > ?
                                """)
                        .with(now, organization.value(), id.value(), now)
                        .update()
                == 1;
    }

    private static Principal user(Row row) {
        return new Principal(
                new PrincipalId(row.uuid("id")),
                new OrganizationId(row.uuid("organization_id")),
                Principal.Kind.USER,
                row.text("email"),
                row.text("name"),
                null,
                Principal.State.valueOf(row.text("state").toUpperCase(Locale.ROOT)),
                row.integer("epoch"),
                null,
                row.instant("created_at"),
                row.instant("modified_at"));
    }
}
