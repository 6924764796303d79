package dev.sallyport.key;

import dev.sallyport.http.Handler;
import dev.sallyport.http.Reply;
import dev.sallyport.http.Request;
import dev.sallyport.http.Response;
import dev.sallyport.identity.Caller;
import java.util.List;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;

/** {@code GET /api/v2/validate}: an API key that gets here is live. */
final class ValidateHandler implements Handler {

    record Document(Data data) {}

    record Data(String id, String type, Attributes attributes) {}

    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    record Attributes(boolean valid, String apiKeyId, List<String> apiKeyScopes) {}

    @Override
    public Response handle(Caller caller, Request request) {
        var attributes = new Attributes(true, caller.credential().id().toString(), List.of());
        return Reply.ok(new Document(new Data(caller.organization().id().toString(), "validate_v2", attributes)));
    }
}
