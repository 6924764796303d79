package dev.sallyport.decision;

import dev.sallyport.authentication.Authenticator;
import dev.sallyport.http.BadInput;
import dev.sallyport.http.Handler;
import dev.sallyport.http.Reply;
import dev.sallyport.http.Request;
import dev.sallyport.http.Response;
import dev.sallyport.identity.Caller;
import dev.sallyport.identity.Origin;
import dev.sallyport.permission.Permissions;
import dev.sallyport.sql.Micros;
import java.time.InstantSource;
import java.util.function.Supplier;

/**
 * {@code POST /oauth2/v1/introspect} (RFC 7662): is this a live credential of the caller's organization, and what may it do?
 *
 * <p>Unknown, expired, revoked, malformed and foreign credentials look the same. The hint of RFC 7662 §2.1 is not needed: every
 * text says by its form what it is.
 */
final class IntrospectHandler implements Handler {

    static final int LONGEST_TOKEN = 4_096;

    private final Authenticator authenticator;
    private final Permissions permissions;
    private final Supplier<String> issuer;
    private final InstantSource clock;

    IntrospectHandler(
            Authenticator authenticator, Permissions permissions, Supplier<String> issuer, InstantSource clock) {
        this.authenticator = authenticator;
        this.permissions = permissions;
        this.issuer = issuer;
        this.clock = clock;
    }

    @Override
    public Response handle(Caller caller, Request request) {
        var form = request.form();
        form.one("token_type_hint");
        var token = form.one("token")
                .filter(text -> !text.isEmpty())
                .orElseThrow(() -> new BadInput("missing_parameter", "The form has no field 'token'."));
        if (token.length() > LONGEST_TOKEN) {
            throw new BadInput(
                    "invalid_parameter", "The field 'token' is over the limit of " + LONGEST_TOKEN + " characters.");
        }
        // Where it would be used from nobody knows: addresses are held against the call itself.
        var authentication =
                authenticator.prove(token, new Origin(request.clientAddress(), ""), Micros.of(clock.instant()));
        return Reply.ok(Introspection.of(authentication, caller.organization(), permissions, issuer.get()));
    }
}
