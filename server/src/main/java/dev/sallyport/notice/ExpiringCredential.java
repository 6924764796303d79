package dev.sallyport.notice;

import dev.sallyport.http.Rfc3339;
import dev.sallyport.identity.CredentialId;
import dev.sallyport.identity.CredentialKind;
import dev.sallyport.identity.OrganizationId;
import dev.sallyport.identity.PrincipalId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A live credential that ends soon, at the moment in which that is to be announced.
 *
 * @param days the mark that it passed: it ends within so many days
 */
record ExpiringCredential(
        CredentialId id,
        OrganizationId organization,
        CredentialKind kind,
        String name,
        Optional<Owner> owner,
        @Nullable CredentialId mintedBy,
        Instant expiresAt,
        int days) {

    /** When an end is announced, in days before it: the last of them first. */
    static final List<Integer> MARKS = List.of(1, 7, 30);

    /** As whom it acts; an API key acts as nobody. */
    record Owner(PrincipalId id, String kind, String name) {}

    private record Data(
            Shown credential,
            @Nullable ShownOwner owner,
            String expires_at,
            long days_left,
            @Nullable String minted_by) {}

    private record Shown(String id, String kind, String name) {}

    private record ShownOwner(String id, String kind, String name) {}

    Message message(Instant now) {
        var minter = mintedBy;
        return Message.of(
                EventType.CREDENTIAL_EXPIRING,
                now,
                new Data(
                        new Shown(id.toString(), kind.code(), name),
                        owner.map(found -> new ShownOwner(found.id().toString(), found.kind(), found.name()))
                                .orElse(null),
                        Rfc3339.format(expiresAt),
                        daysLeft(now),
                        minter == null ? null : minter.toString()));
    }

    /** Rounded up, so that it is the mark itself when the announcement comes in time. */
    long daysLeft(Instant now) {
        return Math.ceilDiv(
                Duration.between(now, expiresAt).toSeconds(), Duration.ofDays(1).toSeconds());
    }
}
