package dev.sallyport.catalogue;

import dev.sallyport.audit.Actor;
import dev.sallyport.audit.Asset;
import dev.sallyport.audit.AuditAction;
import dev.sallyport.audit.ChangeTrail;
import dev.sallyport.feed.Change;
import dev.sallyport.feed.Feed;
import dev.sallyport.feed.Outcome;
import dev.sallyport.identity.Caller;
import dev.sallyport.sql.Transaction;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/** Makes an API out of an OpenAPI document, or gives the organization's API of that id another document. */
final class ImportApi {

    /** Of one organization: each costs memory on every node. */
    static final int MOST_APIS = 100;

    record Request(String id, String host, String document) {}

    sealed interface Result {
        record Imported(ImportedApi api) implements Result {}

        record Replaced(ImportedApi api) implements Result {}

        record MalformedId() implements Result {}

        record MalformedHost() implements Result {}

        record DocumentRefused(List<DocumentProblem> problems) implements Result {}

        /** By another organization, or by what is shipped. */
        record IdTaken() implements Result {}

        record TooManyApis() implements Result {}
    }

    private final Feed feed;
    private final ApiStore apis;
    private final ChangeTrail trail;
    private final InstantSource clock;

    ImportApi(Feed feed, ApiStore apis, ChangeTrail trail, InstantSource clock) {
        this.feed = feed;
        this.apis = apis;
        this.trail = trail;
        this.clock = clock;
    }

    Result importApi(Caller caller, Request request) {
        if (!ProtectedApi.isId(request.id())) {
            return new Result.MalformedId();
        }
        if (ProtectedApi.isReserved(request.id())) {
            return new Result.IdTaken();
        }
        var host = ApiHost.parse(request.host());
        if (host.isEmpty()) {
            return new Result.MalformedHost();
        }
        // Read before the transaction begins: a large document must not hold up other writers.
        return switch (OpenApiDocument.read(request.document().getBytes(StandardCharsets.UTF_8))) {
            case OpenApiDocument.Result.Refused(var problems) -> new Result.DocumentRefused(problems);
            case OpenApiDocument.Result.Read(var document) ->
                feed.change(transaction -> write(transaction, caller, api(caller, request.id(), host.get(), document)));
        };
    }

    private ImportedApi api(Caller caller, String id, ApiHost host, OpenApiDocument document) {
        var now = clock.instant();
        return new ImportedApi(id, caller.organization().id(), document.title(), host, document.operations(), now, now);
    }

    private Outcome<Result> write(Transaction transaction, Caller caller, ImportedApi api) {
        if (apis.replace(transaction, api)) {
            return changed(transaction, caller, api, new Result.Replaced(api));
        }
        // Imports that run at once may pass the limit by their number; it bounds memory and grants nothing.
        if (apis.count(transaction, api.organization()) >= MOST_APIS) {
            return Outcome.unchanged(new Result.TooManyApis());
        }
        if (apis.insert(transaction, api)) {
            return changed(transaction, caller, api, new Result.Imported(api));
        }
        // Somebody took the id meanwhile: perhaps the same organization, whose later import then replaces the earlier.
        return apis.replace(transaction, api)
                ? changed(transaction, caller, api, new Result.Replaced(api))
                : Outcome.unchanged(new Result.IdTaken());
    }

    private Outcome<Result> changed(Transaction transaction, Caller caller, ImportedApi api, Result result) {
        trail.record(
                transaction,
                Actor.of(caller),
                AuditAction.API_IMPORTED,
                new Asset(api.id(), api.title()),
                Map.of(
                        "host", api.host().text(),
                        "operations", String.valueOf(api.operations().size())),
                api.modifiedAt());
        return Outcome.changed(new Change(Catalogue.KIND, api.organization().value(), api.id()), result);
    }
}
