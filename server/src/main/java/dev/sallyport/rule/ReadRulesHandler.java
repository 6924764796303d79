package dev.sallyport.rule;

import dev.sallyport.http.Handler;
import dev.sallyport.http.Reply;
import dev.sallyport.http.Request;
import dev.sallyport.http.Response;
import dev.sallyport.identity.Caller;
import dev.sallyport.sql.Database;

/** {@code GET /sallyport/v1/credential_rules} */
final class ReadRulesHandler implements Handler {

    /** What is answered can be sent back, changed, to set the rules. */
    record RulesAnswer(int revision, RulesJson rules) {}

    private final Database database;
    private final RuleStore store;

    ReadRulesHandler(Database database, RuleStore store) {
        this.database = database;
        this.store = store;
    }

    @Override
    public Response handle(Caller caller, Request request) {
        var stored = database.reading(
                transaction -> store.find(transaction, caller.organization().id()));
        return Reply.ok(new RulesAnswer(stored.revision(), RulesJson.of(stored.rules())))
                .with("ETag", etag(stored.revision()));
    }

    static String etag(int revision) {
        return "\"" + revision + "\"";
    }
}
