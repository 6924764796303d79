package dev.sallyport.leak;

import dev.sallyport.http.BadInput;
import dev.sallyport.http.OpenHandler;
import dev.sallyport.http.Reply;
import dev.sallyport.http.Request;
import dev.sallyport.http.Response;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** {@code POST /sallyport/v1/leaks/lookup}: whether credentials live, for whoever holds them whole. */
final class LookUpLeakedHandler implements OpenHandler {

    private static final int MOST = 100;

    record Body(@Nullable List<@Nullable String> credentials) {
        @Override
        public String toString() {
            return "Body(hidden)";
        }
    }

    record LifeJson(boolean lives) {}

    private final LeakedCredentials credentials;

    LookUpLeakedHandler(LeakedCredentials credentials) {
        this.credentials = credentials;
    }

    @Override
    public Response handle(Request request) {
        var asked = request.body(Body.class).credentials();
        if (asked == null
                || asked.isEmpty()
                || asked.size() > MOST
                || asked.stream().anyMatch(Objects::isNull)) {
            throw new BadInput("invalid_parameter", "'credentials' must hold 1 to " + MOST + " texts.");
        }
        return Reply.ok(asked.stream()
                .filter(Objects::nonNull)
                .map(text ->
                        new LifeJson(credentials.prove(text).map(Proof::isLive).orElse(false)))
                .toList());
    }
}
