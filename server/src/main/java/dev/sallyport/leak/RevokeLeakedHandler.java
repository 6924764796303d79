package dev.sallyport.leak;

import dev.sallyport.http.BadInput;
import dev.sallyport.http.OpenHandler;
import dev.sallyport.http.Reply;
import dev.sallyport.http.Request;
import dev.sallyport.http.Response;
import dev.sallyport.identity.Origin;
import org.jspecify.annotations.Nullable;

/**
 * {@code POST /sallyport/v1/leaks/revoke}: whoever holds a credential may end it.
 *
 * <p>The answer is the same for a credential that was ended just now, long ago, or never existed.
 */
final class RevokeLeakedHandler implements OpenHandler {

    record Body(@Nullable String credential) {
        @Override
        public String toString() {
            return "Body(hidden)";
        }
    }

    private final LeakedCredentials credentials;

    RevokeLeakedHandler(LeakedCredentials credentials) {
        this.credentials = credentials;
    }

    @Override
    public Response handle(Request request) {
        var credential = request.body(Body.class).credential();
        if (credential == null) {
            throw new BadInput("missing_parameter", "The body has no 'credential'.");
        }
        var leak = Leak.ofHolder(new Origin(request.clientAddress(), ""));
        credentials.prove(credential.strip()).filter(Proof::isLive).ifPresent(live -> credentials.revoke(live, leak));
        return Reply.noContent();
    }
}
