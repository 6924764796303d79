package dev.sallyport.rule;

import dev.sallyport.http.BadInput;
import dev.sallyport.http.Handler;
import dev.sallyport.http.Problem;
import dev.sallyport.http.Reply;
import dev.sallyport.http.Request;
import dev.sallyport.http.Response;
import dev.sallyport.identity.Caller;
import dev.sallyport.identity.CredentialId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code PUT /sallyport/v1/credentials/{credential_id}/addresses} */
final class SetAddressesHandler implements Handler {

    private static final int MOST_ADDRESSES = 50;

    record Body(@Nullable List<@Nullable String> addresses) {}

    record AddressesAnswer(String id, List<String> addresses) {}

    private final SetAddresses setAddresses;

    SetAddressesHandler(SetAddresses setAddresses) {
        this.setAddresses = setAddresses;
    }

    @Override
    public Response handle(Caller caller, Request request) {
        var addresses = request.body(Body.class).addresses();
        if (addresses == null) {
            throw new BadInput("missing_member", "The member 'addresses' is missing.");
        }
        var ranges = RulesJson.ranges(addresses, "addresses", MOST_ADDRESSES);
        return CredentialId.parse(request.pathParameter("credential_id"))
                .map(id -> setAddresses.set(caller, new SetAddresses.Request(id, ranges)))
                .map(SetAddressesHandler::respond)
                .orElseGet(SetAddressesHandler::notFound);
    }

    private static Response respond(SetAddresses.Result result) {
        return switch (result) {
            case SetAddresses.Result.Done(var id, var addresses) ->
                Reply.ok(new AddressesAnswer(id.toString(), addresses));
            case SetAddresses.Result.NotFound() -> notFound();
            case SetAddresses.Result.BeyondCaller() ->
                Problem.forbidden(
                        "beyond_caller", "This credential can do more, or lives longer, than the one of this request.");
            case SetAddresses.Result.LocksCallerOut() ->
                Problem.badRequest(
                        "locks_caller_out",
                        "The addresses of the credential of this request must hold the one that it comes from.");
            case SetAddresses.Result.NoLongerAllowed() -> SetRulesHandler.noLongerAllowed();
        };
    }

    private static Response notFound() {
        return Problem.notFound("Credential not found");
    }
}
