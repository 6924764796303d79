package dev.sallyport.decision;

import dev.sallyport.authentication.Authenticator;
import dev.sallyport.authentication.Replica;
import dev.sallyport.catalogue.CanonicalPath;
import dev.sallyport.catalogue.ProtectedApi;
import dev.sallyport.feed.Feed;
import dev.sallyport.http.BadInput;
import dev.sallyport.http.Handler;
import dev.sallyport.http.Problem;
import dev.sallyport.http.Reply;
import dev.sallyport.http.Request;
import dev.sallyport.http.Response;
import dev.sallyport.identity.Caller;
import dev.sallyport.permission.Permissions;
import dev.sallyport.sql.Micros;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** {@code POST /sallyport/v1/decide}: would a call with this credential pass, and how does that come about. */
final class DecideHandler implements Handler {

    record Body(
            @Nullable String api,
            @Nullable String method,
            @Nullable String path) {}

    private final Replica replica;
    private final Authenticator authenticator;
    private final Permissions permissions;
    private final Feed feed;
    private final InstantSource clock;

    DecideHandler(
            Replica replica, Authenticator authenticator, Permissions permissions, Feed feed, InstantSource clock) {
        this.replica = replica;
        this.authenticator = authenticator;
        this.permissions = permissions;
        this.feed = feed;
        this.clock = clock;
    }

    @Override
    public Response handle(Caller caller, Request request) {
        var body = request.body(Body.class);
        var apiId = body.api() == null ? ProtectedApi.DATADOG : body.api();
        var method = required("method", body.method());
        var path = required("path", body.path());
        var api = replica.api(apiId);
        if (api == null || !api.admits(caller.organization().id())) {
            return Problem.notFound("No protected API has that id. List them with `sallyport api list`.");
        }
        var target = switch (CanonicalPath.parse(path)) {
            case CanonicalPath.Parsed.Ambiguous _ -> new Question.Target.Refused(Reason.AMBIGUOUS_PATH);
            case CanonicalPath.Parsed.Canonical(var canonical) -> Question.Target.of(api, method, canonical);
        };
        var authentication = authenticator.again(caller, Micros.of(clock.instant()));
        var question = new Question(api, target, authentication, feed.isFresh());
        return Reply.ok(Derivation.of(question, apiId, Decider.decide(question), permissions, feed.revision()));
    }

    private static String required(String member, @Nullable String value) {
        if (value == null || value.isEmpty()) {
            throw new BadInput("missing_member", "The member '" + member + "' is required.");
        }
        return value;
    }
}
