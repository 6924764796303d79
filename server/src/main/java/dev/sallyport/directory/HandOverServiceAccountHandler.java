package dev.sallyport.directory;

import dev.sallyport.http.BadInput;
import dev.sallyport.http.Handler;
import dev.sallyport.http.Problem;
import dev.sallyport.http.Reply;
import dev.sallyport.http.Request;
import dev.sallyport.http.Response;
import dev.sallyport.identity.Caller;
import dev.sallyport.identity.PrincipalId;
import org.jspecify.annotations.Nullable;

/** {@code PATCH /sallyport/v1/service_accounts/{service_account_id}} */
final class HandOverServiceAccountHandler implements Handler {

    record Body(@Nullable String owner) {}

    private final HandOverServiceAccount handOverServiceAccount;

    HandOverServiceAccountHandler(HandOverServiceAccount handOverServiceAccount) {
        this.handOverServiceAccount = handOverServiceAccount;
    }

    @Override
    public Response handle(Caller caller, Request request) {
        var owner = PrincipalId.parse(Sent.required(request.body(Body.class).owner(), "owner"))
                .orElseThrow(() -> new BadInput("invalid_id", "The member 'owner' must be the id of a user."));
        var account = PrincipalId.parse(request.pathParameter("service_account_id"));
        if (account.isEmpty()) {
            return notFound();
        }
        var wanted = new HandOverServiceAccount.Request(account.get(), owner);
        return switch (handOverServiceAccount.handOver(caller, wanted)) {
            case HandOverServiceAccount.Result.HandedOver() -> Reply.noContent();
            case HandOverServiceAccount.Result.UnknownAccount() -> notFound();
            case HandOverServiceAccount.Result.OwnerRefused() ->
                Problem.badRequest("invalid_owner", "The owner must be an active user of this organization.");
            case HandOverServiceAccount.Result.Denied(var denial) -> DirectoryProblems.of(denial);
        };
    }

    private static Problem notFound() {
        return Problem.notFound("Service account not found");
    }
}
