package dev.sallyport.token;

import dev.sallyport.http.Request;
import dev.sallyport.identity.PrincipalId;
import java.util.Optional;

/** Which tokens a path is about. */
sealed interface TokenPath {

    /** Personal ones, as far as the caller reaches. */
    record Personal() implements TokenPath {}

    /** Those of one service account, all of them; whoever may manage service accounts reaches them. */
    record Service(PrincipalId account) implements TokenPath {}

    default TokenFamily family() {
        return switch (this) {
            case Personal() -> TokenFamily.PERSONAL;
            case Service(var _) -> TokenFamily.SERVICE;
        };
    }

    /** Empty if what should be the id of a service account cannot be one. */
    static Optional<TokenPath> of(TokenFamily family, Request request) {
        return switch (family) {
            case PERSONAL -> Optional.of(new Personal());
            case SERVICE ->
                PrincipalId.parse(request.pathParameter("service_account_id")).map(Service::new);
        };
    }
}
