package dev.sallyport.catalogue;

import dev.sallyport.http.Handler;
import dev.sallyport.http.Reply;
import dev.sallyport.http.Request;
import dev.sallyport.http.Response;
import dev.sallyport.identity.Caller;
import dev.sallyport.sql.Database;
import java.util.List;
import java.util.stream.Stream;

/** {@code GET /sallyport/v1/apis} */
final class ListApisHandler implements Handler {

    record Listing(List<ApiJson> apis) {}

    private final Database database;
    private final ApiStore apis;
    private final ProtectedApi shipped;

    ListApisHandler(Database database, ApiStore apis, ProtectedApi shipped) {
        this.database = database;
        this.apis = apis;
        this.shipped = shipped;
    }

    @Override
    public Response handle(Caller caller, Request request) {
        var imported = database.reading(
                transaction -> apis.list(transaction, caller.organization().id()));
        return Reply.ok(new Listing(Stream.concat(
                        Stream.of(ApiJson.summary(shipped)), imported.stream().map(ApiJson::summary))
                .toList()));
    }
}
