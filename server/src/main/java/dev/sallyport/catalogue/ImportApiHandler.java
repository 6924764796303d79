package dev.sallyport.catalogue;

import dev.sallyport.http.BadInput;
import dev.sallyport.http.Handler;
import dev.sallyport.http.Problem;
import dev.sallyport.http.Reply;
import dev.sallyport.http.Request;
import dev.sallyport.http.Response;
import dev.sallyport.identity.Caller;
import dev.sallyport.permission.Permissions;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** {@code POST /sallyport/v1/apis} */
final class ImportApiHandler implements Handler {

    private static final int MOST_SHOWN = 20;

    /** @param document the text of an OpenAPI document, in JSON or YAML */
    record Body(
            @Nullable String id,
            @Nullable String host,
            @Nullable String document) {}

    private final ImportApi importApi;
    private final Permissions permissions;

    ImportApiHandler(ImportApi importApi, Permissions permissions) {
        this.importApi = importApi;
        this.permissions = permissions;
    }

    @Override
    public Response handle(Caller caller, Request request) {
        var body = request.body(Body.class);
        return respond(importApi.importApi(
                caller,
                new ImportApi.Request(
                        required("id", body.id()),
                        required("host", body.host()),
                        required("document", body.document()))));
    }

    private static String required(String member, @Nullable String value) {
        if (value == null) {
            throw new BadInput("missing_member", "The member '" + member + "' is missing.");
        }
        return value;
    }

    private Response respond(ImportApi.Result result) {
        return switch (result) {
            case ImportApi.Result.Imported(var api) ->
                Reply.json(201, json(api)).with("Location", "/sallyport/v1/apis/" + api.id());
            case ImportApi.Result.Replaced(var api) -> Reply.ok(json(api));
            case ImportApi.Result.MalformedId _ ->
                Problem.badRequest(
                        "invalid_api_id",
                        "The id must begin with a letter from a to z and have at most 40 of a to z, 0 to 9 and hyphen.");
            case ImportApi.Result.MalformedHost _ ->
                Problem.badRequest(
                        "invalid_host", "The host must be a DNS name or an address, with or without a port.");
            case ImportApi.Result.DocumentRefused(var problems) ->
                Problem.badRequest("document_refused", detail(problems));
            case ImportApi.Result.IdTaken _ ->
                Problem.conflict("api_id_taken", "The id is taken in this installation. Choose another.");
            case ImportApi.Result.TooManyApis _ ->
                Problem.conflict(
                        "too_many_apis", "The organization has " + ImportApi.MOST_APIS + " APIs, which is the limit.");
        };
    }

    private ApiJson json(ImportedApi api) {
        return ApiJson.afterImport(api.toProtectedApi(permissions), permissions);
    }

    private static String detail(List<DocumentProblem> problems) {
        var shown = problems.stream()
                .limit(MOST_SHOWN)
                .map(DocumentProblem::toString)
                .collect(Collectors.joining("\n"));
        return problems.size() > MOST_SHOWN ? shown + "\n… and " + (problems.size() - MOST_SHOWN) + " more." : shown;
    }
}
