package dev.sallyport.directory;

import dev.sallyport.http.Handler;
import dev.sallyport.http.Reply;
import dev.sallyport.http.Request;
import dev.sallyport.http.Response;
import dev.sallyport.identity.Caller;

/** {@code GET /api/v2/users/{user_id}} */
final class GetUserHandler implements Handler {

    private final FoundUsers users;
    private final UserDocument document;

    GetUserHandler(FoundUsers users, UserDocument document) {
        this.users = users;
        this.document = document;
    }

    @Override
    public Response handle(Caller caller, Request request) {
        return users.find(caller, request)
                .<Response>map(found -> Reply.ok(document.of(caller.organization(), found.user(), found.roles())))
                .orElseGet(UserProblems::notFound);
    }
}
