package dev.sallyport.limit;

import dev.sallyport.http.Handler;
import dev.sallyport.http.Reply;
import dev.sallyport.http.Request;
import dev.sallyport.http.Response;
import dev.sallyport.identity.Caller;
import dev.sallyport.sql.Database;

/** {@code GET /sallyport/v1/call_limits} */
final class ReadLimitsHandler implements Handler {

    /** What is answered can be sent back, changed, to set the limits. */
    record LimitsAnswer(int revision, LimitsJson limits) {
        static LimitsAnswer of(LimitStore.Stored stored) {
            return new LimitsAnswer(stored.revision(), LimitsJson.of(stored.limits()));
        }
    }

    private final Database database;
    private final LimitStore store;

    ReadLimitsHandler(Database database, LimitStore store) {
        this.database = database;
        this.store = store;
    }

    @Override
    public Response handle(Caller caller, Request request) {
        return Reply.ok(LimitsAnswer.of(database.reading(
                transaction -> store.find(transaction, caller.organization().id()))));
    }
}
