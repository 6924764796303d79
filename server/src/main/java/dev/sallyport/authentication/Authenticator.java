package dev.sallyport.authentication;

import dev.sallyport.authentication.Authentication.Accepted;
import dev.sallyport.authentication.Authentication.Cause;
import dev.sallyport.authentication.Authentication.Ended;
import dev.sallyport.authentication.Authentication.Rejected;
import dev.sallyport.http.Exchange;
import dev.sallyport.identity.Caller;
import dev.sallyport.identity.CredentialId;
import dev.sallyport.identity.Origin;
import dev.sallyport.permission.Authority;
import dev.sallyport.permission.Permission;
import dev.sallyport.permission.Permissions;
import dev.sallyport.secret.Digest;
import dev.sallyport.secret.Pepper;
import dev.sallyport.secret.TokenText;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Proves the credential of a request against the replica. Never blocks. */
public final class Authenticator {

    /** Stands in for the digest of a credential that does not exist, so that an unknown id costs what a wrong secret does. */
    private static final Digest NO_DIGEST = Digest.of(new byte[Pepper.DIGEST_BYTES]);

    private final Replica replica;
    private final Function<TokenText, byte[]> digester;
    private final String personalPrefix;
    private final Permission importing;

    /** @param brand the first letters of every prefix: {@code dd} makes {@code ddpat} */
    public Authenticator(Replica replica, Permissions permissions, Pepper pepper, String brand) {
        this(replica, permissions, text -> text.digest(pepper), brand);
    }

    Authenticator(Replica replica, Permissions permissions, Function<TokenText, byte[]> digester, String brand) {
        this.replica = replica;
        this.digester = digester;
        this.personalPrefix = brand + "pat";
        this.importing = permissions.require(Permissions.IMPORTING);
    }

    public Authentication authenticate(Exchange exchange, long nowMicros) {
        return switch (Presented.by(exchange)) {
            case Presented.Nothing _ -> Authentication.ABSENT;
            case Presented.Repeated _ -> new Rejected(Cause.REPEATED_CREDENTIAL, null);
            case Presented.Unrecognised _ -> new Rejected(Cause.UNRECOGNISED_CREDENTIAL, null);
            case Presented.Token(var text) -> verify(text, exchange, nowMicros);
        };
    }

    private Authentication verify(TokenText text, Exchange exchange, long nowMicros) {
        if (!text.prefix().equals(personalPrefix)) {
            return new Rejected(Cause.UNRECOGNISED_CREDENTIAL, null);
        }
        var shown = Digest.of(digester.apply(text));
        var stored = replica.credential(text.id());
        var isProved = (stored == null ? NO_DIGEST : stored.digest()).matches(shown);
        if (stored == null) {
            return new Rejected(Cause.UNKNOWN_CREDENTIAL, new CredentialId(text.id()));
        }
        if (!isProved) {
            return new Rejected(Cause.WRONG_SECRET, stored.id());
        }
        return standing(stored, new Origin(exchange.clientAddress(), ""), nowMicros);
    }

    /** Looks again at a caller whose secret was proved a moment ago: what would the same credential be now? */
    public Authentication again(Caller caller, long nowMicros) {
        var stored = replica.credential(caller.credential().id().value());
        return stored == null
                ? new Rejected(Cause.UNKNOWN_CREDENTIAL, caller.credential().id())
                : standing(stored, caller.origin(), nowMicros);
    }

    private Authentication standing(StoredCredential stored, Origin origin, long nowMicros) {
        var owner = stored.owner().state();
        if (owner == null) {
            return new Rejected(Cause.OWNER_DISABLED, stored.id());
        }
        var authority = owner.held().intersect(carried(stored.scopes(), owner));
        var caller = new Caller(owner.organization(), owner.user(), stored.toCredential(), authority, origin);
        var end = endOf(stored, owner, nowMicros);
        return end == null ? new Accepted(caller, owner.held(), stored) : new Ended(end, caller);
    }

    private Authority carried(Authority scopes, Owner.State owner) {
        return scopes.holds(importing) ? scopes.union(owner.ownApis()) : scopes;
    }

    /** Why a credential is no longer live; null if it is. Revoked outranks expired: a decision outranks the clock. */
    private static @Nullable Cause endOf(StoredCredential stored, Owner.State owner, long nowMicros) {
        if (stored.isRevoked()) {
            return Cause.REVOKED;
        }
        if (stored.isExpiredAt(nowMicros)) {
            return Cause.EXPIRED;
        }
        if (!owner.user().isActive() || owner.user().epoch() != stored.ownerEpoch()) {
            return Cause.OWNER_DISABLED;
        }
        return null;
    }
}
