package dev.sallyport.authentication;

import dev.sallyport.authentication.Authentication.Accepted;
import dev.sallyport.authentication.Authentication.Cause;
import dev.sallyport.authentication.Authentication.Ended;
import dev.sallyport.authentication.Authentication.Place;
import dev.sallyport.authentication.Authentication.Rejected;
import dev.sallyport.http.AddressRanges;
import dev.sallyport.http.RequestHead;
import dev.sallyport.identity.Caller;
import dev.sallyport.identity.Credential;
import dev.sallyport.identity.CredentialId;
import dev.sallyport.identity.CredentialKind;
import dev.sallyport.identity.OrganizationId;
import dev.sallyport.identity.Origin;
import dev.sallyport.identity.Principal;
import dev.sallyport.identity.PrincipalId;
import dev.sallyport.permission.Authority;
import dev.sallyport.permission.Permission;
import dev.sallyport.permission.Permissions;
import dev.sallyport.secret.ApiKeyText;
import dev.sallyport.secret.Digest;
import dev.sallyport.secret.KeyText;
import dev.sallyport.secret.Pepper;
import dev.sallyport.secret.TokenText;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Proves the credential of a request against the replica. Never blocks. */
public final class Authenticator {

    /** Stands in for the digest of a credential that does not exist, so that an unknown id costs what a wrong secret does. */
    private static final Digest NO_DIGEST = Digest.of(new byte[Pepper.DIGEST_BYTES]);

    /** The name, in the trail, of the credential of a principal that was named alone. */
    private static final String NAMED_ALONE = "no credential: the owner was named";

    private final Replica replica;
    private final Pepper pepper;
    private final Function<TokenText, byte[]> digester;
    private final String personalPrefix;
    private final String servicePrefix;
    private final Permission importing;

    /** @param brand the first letters of every prefix: {@code dd} makes {@code ddpat} */
    public Authenticator(Replica replica, Permissions permissions, Pepper pepper, String brand) {
        this(replica, permissions, pepper, text -> text.digest(pepper), brand);
    }

    Authenticator(
            Replica replica,
            Permissions permissions,
            Pepper pepper,
            Function<TokenText, byte[]> digester,
            String brand) {
        this.replica = replica;
        this.pepper = pepper;
        this.digester = digester;
        this.personalPrefix = brand + "pat";
        this.servicePrefix = brand + "sat";
        this.importing = permissions.require(Permissions.IMPORTING);
    }

    /** @param query the raw query, of an operation that still takes keys there; empty for any other */
    public Authentication authenticate(RequestHead head, String query, long nowMicros) {
        return switch (Presented.by(head, query)) {
            case Presented.Nothing _ -> Authentication.ABSENT;
            case Presented.Repeated _ -> new Rejected(Cause.REPEATED_CREDENTIAL, Carrier.TOKEN, null);
            case Presented.Unrecognised(var carrier) -> new Rejected(Cause.UNRECOGNISED_CREDENTIAL, carrier, null);
            case Presented.Token(var text) -> verify(text, new Origin(head.clientAddress(), ""), nowMicros);
            case Presented.KeyPair(var apiKey, var key) ->
                verify(apiKey, key, new Origin(head.clientAddress(), ""), nowMicros);
            case Presented.ApiKey(var text) ->
                verify(
                        Digest.of(text.digest(pepper)),
                        CredentialKind.API_KEY,
                        Carrier.API_KEY,
                        new Origin(head.clientAddress(), ""),
                        nowMicros);
        };
    }

    /** What a text proves by itself, an application key without an API key beside it included. */
    public Authentication prove(String text, Origin origin, long nowMicros) {
        var token = TokenText.recognise(text);
        if (token != null) {
            return verify(token, origin, nowMicros);
        }
        var applicationKey = KeyText.recognise(text);
        if (applicationKey != null) {
            var shown = Digest.of(applicationKey.digest(pepper));
            return verify(shown, CredentialKind.APPLICATION_KEY, Carrier.KEY_PAIR, origin, nowMicros);
        }
        var apiKey = ApiKeyText.recognise(text);
        return apiKey == null
                ? new Rejected(Cause.UNRECOGNISED_CREDENTIAL, Carrier.TOKEN, null)
                : verify(Digest.of(apiKey.digest(pepper)), CredentialKind.API_KEY, Carrier.API_KEY, origin, nowMicros);
    }

    private Authentication verify(TokenText text, Origin origin, long nowMicros) {
        var kind = kindOf(text.prefix());
        if (kind == null) {
            return new Rejected(Cause.UNRECOGNISED_CREDENTIAL, Carrier.TOKEN, null);
        }
        var shown = Digest.of(digester.apply(text));
        var stored = replica.credential(text.id());
        var isProved = (stored == null ? NO_DIGEST : stored.digest()).matches(shown);
        if (stored == null) {
            return new Rejected(Cause.UNKNOWN_CREDENTIAL, Carrier.TOKEN, new CredentialId(text.id()));
        }
        if (!isProved || stored.kind() != kind) {
            return new Rejected(Cause.WRONG_SECRET, Carrier.TOKEN, stored.id());
        }
        return standing(stored, Carrier.TOKEN, origin, nowMicros);
    }

    private @Nullable CredentialKind kindOf(String prefix) {
        if (prefix.equals(personalPrefix)) {
            return CredentialKind.PERSONAL_ACCESS_TOKEN;
        }
        return prefix.equals(servicePrefix) ? CredentialKind.SERVICE_ACCESS_TOKEN : null;
    }

    /** Both keys are proved, whatever came of the first: which of them is wrong takes no other time. */
    private Authentication verify(ApiKeyText apiKey, KeyText key, Origin origin, long nowMicros) {
        var companion =
                verify(Digest.of(apiKey.digest(pepper)), CredentialKind.API_KEY, Carrier.KEY_PAIR, origin, nowMicros);
        var own = verify(
                Digest.of(key.digest(pepper)), CredentialKind.APPLICATION_KEY, Carrier.KEY_PAIR, origin, nowMicros);
        if (!(own instanceof Accepted accepted)) {
            return own;
        }
        // Where the organization is fenced, that is said of the pair as a whole.
        var isTogether = companion instanceof Accepted(var caller, var _, var _, var place)
                && place != Place.BEYOND_CREDENTIAL
                && caller.organization().equals(accepted.caller().organization());
        return isTogether ? own : new Ended(Cause.COMPANION_REFUSED, Carrier.KEY_PAIR, accepted.caller());
    }

    private Authentication verify(Digest shown, CredentialKind kind, Carrier carrier, Origin origin, long nowMicros) {
        var stored = replica.key(shown);
        var isProved = (stored == null ? NO_DIGEST : stored.digest()).matches(shown);
        if (stored == null || !isProved || stored.kind() != kind) {
            return new Rejected(Cause.UNKNOWN_CREDENTIAL, carrier, null);
        }
        return standing(stored, carrier, origin, nowMicros);
    }

    /** Looks again at a caller whose secret was proved a moment ago: what would the same credential be now? */
    public Authentication again(Caller caller, long nowMicros) {
        var stored = replica.credential(caller.credential().id().value());
        return stored == null
                ? new Rejected(
                        Cause.UNKNOWN_CREDENTIAL,
                        Carrier.TOKEN,
                        caller.credential().id())
                : standing(stored, Carrier.TOKEN, caller.origin(), nowMicros);
    }

    /**
     * What a subject would be that is named, not proved: a credential as it stands, or a principal with all that it holds now.
     * Whoever is of another organization does not exist.
     *
     * @param organization of whoever asks
     */
    public Authentication named(OrganizationId organization, Named subject, Origin origin, long nowMicros) {
        var found = switch (subject) {
            case Named.OfCredential(var id) -> replica.credential(id.value());
            case Named.OfPrincipal(var kind, var text) -> whole(organization, kind, text);
            case Named.Nobody _ -> null;
        };
        var owner = found == null ? null : found.owner().state();
        return found == null || owner == null || !owner.organization().id().equals(organization)
                ? new Rejected(Cause.UNKNOWN_SUBJECT, Carrier.TOKEN, null)
                : standing(found, Carrier.TOKEN, origin, nowMicros);
    }

    /**
     * What a credential would be with other scopes, wherever it may be called from; null if the organization has none of that id.
     *
     * @param scopes null for those that it has
     */
    public @Nullable Authentication rescoped(
            OrganizationId organization, CredentialId id, @Nullable Authority scopes, long nowMicros) {
        var stored = replica.credential(id.value());
        var owner = stored == null ? null : stored.owner().state();
        if (stored == null || owner == null || !owner.organization().id().equals(organization)) {
            return null;
        }
        var subject = scopes == null ? stored : stored.with(scopes);
        var found = standing(subject, Carrier.TOKEN, Origin.MACHINE, nowMicros);
        return found instanceof Accepted(var caller, var held, var credential, var _)
                ? new Accepted(caller, held, credential, Place.ALLOWED)
                : found;
    }

    /** A credential that is not narrowed and that nobody has: it stands for its owner, under the owner's id. */
    private @Nullable KnownCredential whole(OrganizationId organization, Principal.Kind kind, String text) {
        var id = PrincipalId.parse(text)
                .orElseGet(() -> kind == Principal.Kind.USER ? replica.addressee(organization, text) : null);
        var owner = id == null ? null : replica.known(id);
        var state = owner == null ? null : owner.state();
        if (id == null || owner == null || state == null || state.principal().kind() != kind) {
            return null;
        }
        var facts = new Credential(
                new CredentialId(id.value()),
                kind == Principal.Kind.USER
                        ? CredentialKind.PERSONAL_ACCESS_TOKEN
                        : CredentialKind.SERVICE_ACCESS_TOKEN,
                NAMED_ALONE,
                Authority.NONE,
                null,
                null);
        var epoch = state.principal().epoch();
        var nowhere = new CredentialRow.Places(owner.place(), CredentialRow.WHOLE, 0);
        var row = CredentialRow.of(facts, NO_DIGEST, epoch, false, nowhere);
        return new KnownCredential(row, owner, null, AddressRanges.ANYWHERE);
    }

    private Authentication standing(KnownCredential stored, Carrier carrier, Origin origin, long nowMicros) {
        var owner = stored.owner().state();
        if (owner == null) {
            return new Rejected(Cause.OWNER_DISABLED, carrier, stored.id());
        }
        var scopes = stored.scopes();
        var carried = scopes == null ? owner.held() : carried(scopes, owner);
        var caller = new Caller(
                owner.organization(),
                owner.principal(),
                stored.toCredential(carried),
                owner.held().intersect(carried),
                origin);
        var end = endOf(stored, owner, nowMicros);
        return end == null
                ? new Accepted(caller, owner.held(), stored, place(stored, owner, origin))
                : new Ended(end, carrier, caller);
    }

    private static Place place(KnownCredential stored, Owner.State owner, Origin origin) {
        // Some calls are let in from beyond the organization's: that frees nobody of the credential's own.
        if (!stored.addresses().contain(origin.address())) {
            return Place.BEYOND_CREDENTIAL;
        }
        return owner.addresses().contain(origin.address()) ? Place.ALLOWED : Place.BEYOND_ORGANIZATION;
    }

    private Authority carried(Authority scopes, Owner.State owner) {
        return scopes.holds(importing) ? scopes.union(owner.ownApis()) : scopes;
    }

    /** Why a credential is no longer live; null if it is. Revoked outranks expired: a decision outranks the clock. */
    private static @Nullable Cause endOf(KnownCredential stored, Owner.State owner, long nowMicros) {
        if (stored.isRevoked()) {
            return Cause.REVOKED;
        }
        if (stored.isExpiredAt(nowMicros)) {
            return Cause.EXPIRED;
        }
        if (!owner.principal().isActive() || owner.principal().epoch() != stored.ownerEpoch()) {
            return Cause.OWNER_DISABLED;
        }
        return null;
    }
}
