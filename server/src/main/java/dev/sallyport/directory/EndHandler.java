package dev.sallyport.directory;

import dev.sallyport.http.Handler;
import dev.sallyport.http.Reply;
import dev.sallyport.http.Request;
import dev.sallyport.http.Response;
import dev.sallyport.identity.Caller;
import dev.sallyport.identity.PrincipalId;
import java.util.Optional;

/**
 * {@code DELETE /api/v2/users/{user_id}}, which disables, {@code DELETE /sallyport/v1/users/{user_id}}, which removes, and
 * {@code DELETE /api/v2/users/{user_id}/invitations}.
 */
final class EndHandler implements Handler {

    /** Ends something of that principal; empty if it is done. */
    interface End {
        Optional<UserRefusal> end(Caller caller, PrincipalId id);
    }

    private final End end;
    private final Reply done;

    EndHandler(End end, Reply done) {
        this.end = end;
        this.done = done;
    }

    @Override
    public Response handle(Caller caller, Request request) {
        return FoundUsers.id(request)
                .map(id -> end.end(caller, id).<Response>map(UserProblems::of).orElse(done))
                .orElseGet(UserProblems::notFound);
    }
}
