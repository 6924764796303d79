package dev.sallyport.catalogue;

import dev.sallyport.http.Handler;
import dev.sallyport.http.Problem;
import dev.sallyport.http.Reply;
import dev.sallyport.http.Request;
import dev.sallyport.http.Response;
import dev.sallyport.identity.Caller;
import dev.sallyport.permission.Permissions;
import dev.sallyport.sql.Database;
import java.util.Optional;

/** {@code GET /sallyport/v1/apis/{api_id}} */
final class ReadApiHandler implements Handler {

    private final Database database;
    private final ApiStore apis;
    private final ProtectedApi shipped;
    private final Permissions permissions;

    ReadApiHandler(Database database, ApiStore apis, ProtectedApi shipped, Permissions permissions) {
        this.database = database;
        this.apis = apis;
        this.shipped = shipped;
        this.permissions = permissions;
    }

    @Override
    public Response handle(Caller caller, Request request) {
        return find(caller, request.pathParameter("api_id"))
                .<Response>map(api -> Reply.ok(ApiJson.withOperations(api, permissions)))
                .orElseGet(() -> Problem.notFound("There is no such API."));
    }

    private Optional<ProtectedApi> find(Caller caller, String id) {
        if (id.equals(shipped.id())) {
            return Optional.of(shipped);
        }
        return ProtectedApi.isId(id)
                ? database.reading(transaction ->
                                apis.find(transaction, caller.organization().id(), id))
                        .map(api -> api.toProtectedApi(permissions))
                : Optional.empty();
    }
}
