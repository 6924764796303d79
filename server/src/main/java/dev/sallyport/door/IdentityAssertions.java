package dev.sallyport.door;

import dev.sallyport.authentication.Authentication;
import dev.sallyport.authentication.KnownCredential;
import dev.sallyport.catalogue.ProtectedApi;
import dev.sallyport.identity.Principal;
import dev.sallyport.jose.JwtSigner;
import dev.sallyport.jose.Purpose;
import dev.sallyport.permission.Authority;
import dev.sallyport.permission.Permissions;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Signs who called, for the upstream: a JWT that lives 60 seconds at most, signed once for each credential, API and window of
 * 30 seconds.
 */
final class IdentityAssertions {

    private static final int WINDOW_SECONDS = 30;
    private static final int LIFE_SECONDS = 60;

    /** A wide credential names hundreds of scopes; gateways take a few kilobytes of headers. */
    private static final int LONGEST_SCOPES = 1_000;

    /** Both must be powers of two. What finds no place costs one signature more, never a wrong answer. */
    private static final int SLOTS = 1 << 15;

    private static final int WAYS = 4;

    /** Different sets whose names are kept as text; credentials share few. */
    private static final int KNOWN_SETS = 10_000;

    private final JwtSigner signer;
    private final Permissions permissions;
    private final String issuer;
    private final Map<Authority, String> names = new ConcurrentHashMap<>();
    private final AtomicReferenceArray<@Nullable Signed> slots = new AtomicReferenceArray<>(SLOTS);

    IdentityAssertions(JwtSigner signer, Permissions permissions, String issuer) {
        this.signer = signer;
        this.permissions = permissions;
        this.issuer = issuer;
    }

    /** The assertion and the scopes in it; both empty for a call of nobody. */
    record Assertion(String jwt, String scopes) {
        static final Assertion NOBODY = new Assertion("", "");
    }

    /** Every input of the assertion is part of the key; facts are compared by identity, because each change makes new ones. */
    private record Signed(
            KnownCredential credential,
            Principal user,
            Authority held,
            ProtectedApi api,
            long window,
            Assertion assertion) {

        boolean isFor(Authentication.Accepted accepted, ProtectedApi asked, long now) {
            return credential.equals(accepted.credential())
                    && user.equals(accepted.caller().principal())
                    && held.equals(accepted.held())
                    && api.id().equals(asked.id())
                    && window == now;
        }
    }

    Assertion of(Authentication.Accepted accepted, ProtectedApi api, long nowSeconds) {
        var window = nowSeconds / WINDOW_SECONDS;
        var hash = (accepted.credential().hashCode() * 31 + api.id().hashCode()) * 0x9E3779B9;
        var first = hash >>> (Integer.SIZE - Integer.numberOfTrailingZeros(SLOTS)) & -WAYS;
        var place = first + (hash & (WAYS - 1));
        for (var slot = first; slot < first + WAYS; slot++) {
            var present = slots.getAcquire(slot);
            if (present != null && present.isFor(accepted, api, window)) {
                return present.assertion();
            }
            if (present == null || present.window() != window) {
                place = slot;
            }
        }
        var assertion = sign(accepted, api, window * WINDOW_SECONDS);
        slots.setRelease(
                place,
                new Signed(
                        accepted.credential(), accepted.caller().principal(), accepted.held(), api, window, assertion));
        return assertion;
    }

    /** An index of a permission never changes its meaning, so neither does the text. */
    private String namesOf(Authority authority) {
        var known = names.get(authority);
        if (known != null) {
            return known;
        }
        var text = String.join(" ", permissions.namesOf(authority));
        if (names.size() < KNOWN_SETS) {
            names.put(authority, text);
        }
        return text;
    }

    private Assertion sign(Authentication.Accepted accepted, ProtectedApi api, long issuedAt) {
        var caller = accepted.caller();
        var held = namesOf(caller.authority());
        var scopes = held.length() <= LONGEST_SCOPES ? held : "";
        var claims = new LinkedHashMap<String, Object>();
        claims.put("iss", issuer);
        claims.put("sub", caller.principal().id().toString());
        claims.put("aud", api.audience());
        claims.put("org", caller.organization().id().toString());
        var email = DoorHeaders.emailOf(caller.principal());
        if (!email.isEmpty()) {
            claims.put("email", email);
        }
        claims.put(
                "cred",
                Map.of(
                        "id", caller.credential().id().toString(),
                        "kind", caller.credential().kind().code()));
        if (!scopes.isEmpty()) {
            claims.put("scope", scopes);
        }
        claims.put("iat", issuedAt);
        var end = caller.credential().expiresAt();
        var latest = issuedAt + LIFE_SECONDS;
        claims.put(
                "exp",
                end == null ? latest : Math.min(latest, end.plusMillis(999).getEpochSecond()));
        return new Assertion(signer.sign(Purpose.IDENTITY, "sallyport-identity+jwt", claims), scopes);
    }
}
