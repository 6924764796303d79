package dev.sallyport.directory;

import dev.sallyport.http.BadInput;
import dev.sallyport.http.Handler;
import dev.sallyport.http.Problem;
import dev.sallyport.http.Reply;
import dev.sallyport.http.Request;
import dev.sallyport.http.Response;
import dev.sallyport.identity.Caller;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;

/** {@code POST /api/v2/service_accounts} */
final class AddServiceAccountHandler implements Handler {

    record Body(@Nullable Data data) {}

    record Data(
            @Nullable String type,
            @Nullable Attributes attributes,
            @Nullable Relationships relationships) {}

    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    record Attributes(
            @Nullable String email,
            @Nullable Boolean serviceAccount,
            @Nullable String name,
            @Nullable String title) {}

    record Relationships(Sent.@Nullable ToMany roles) {}

    private final AddServiceAccount addServiceAccount;

    AddServiceAccountHandler(AddServiceAccount addServiceAccount) {
        this.addServiceAccount = addServiceAccount;
    }

    @Override
    public Response handle(Caller caller, Request request) {
        return switch (addServiceAccount.add(caller, parse(request.body(Body.class)))) {
            case AddServiceAccount.Result.Added(var account, var roles) ->
                Reply.json(201, new Document.One(UserJson.of(account, roles)));
            case AddServiceAccount.Result.NameRefused(var problem) -> Problem.badRequest("invalid_name", problem);
            case AddServiceAccount.Result.EmailRefused(var problem) -> Problem.badRequest("invalid_email", problem);
            case AddServiceAccount.Result.UnknownRole() ->
                Problem.badRequest("unknown_role", "One of the roles is not known. Nothing was created.");
            case AddServiceAccount.Result.TooManyAccounts() ->
                Problem.forbidden(
                        "too_many_service_accounts",
                        "An organization can have " + AddServiceAccount.MOST_ACCOUNTS
                                + " service accounts. Remove one first.");
            case AddServiceAccount.Result.Denied(var denial) -> DirectoryProblems.of(denial);
        };
    }

    private static AddServiceAccount.Request parse(Body body) {
        var data = Sent.required(body.data(), "data");
        Sent.requireType(data.type(), UserJson.TYPE);
        var attributes = Sent.required(data.attributes(), "data.attributes");
        if (!Sent.required(attributes.serviceAccount(), "data.attributes.service_account")) {
            throw new BadInput("not_a_service_account", "The member 'data.attributes.service_account' must be true.");
        }
        var email = Sent.required(attributes.email(), "data.attributes.email");
        var name = attributes.name();
        var title = attributes.title();
        return new AddServiceAccount.Request(
                email,
                name == null ? email : name,
                title == null || title.isBlank() ? null : title,
                roles(data.relationships()));
    }

    private static Set<RoleId> roles(@Nullable Relationships relationships) {
        var roles = relationships == null ? null : relationships.roles();
        return roles == null
                ? Set.of()
                : Sent.ids(roles, RoleJson.TYPE, "data.relationships.roles").stream()
                        .map(RoleId::new)
                        .collect(Collectors.toSet());
    }
}
