package dev.sallyport.directory;

import dev.sallyport.http.Handler;
import dev.sallyport.http.Problem;
import dev.sallyport.http.Request;
import dev.sallyport.http.Response;
import dev.sallyport.identity.Caller;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** {@code POST /api/v2/roles} */
final class CreateRoleHandler implements Handler {

    record Body(@Nullable Data data) {}

    record Data(
            @Nullable String type,
            @Nullable Attributes attributes,
            @Nullable Relationships relationships) {}

    record Attributes(@Nullable String name) {}

    record Relationships(Sent.@Nullable ToMany permissions) {}

    private final CreateRole createRole;
    private final RoleAnswers answers;

    CreateRoleHandler(CreateRole createRole, RoleAnswers answers) {
        this.createRole = createRole;
        this.answers = answers;
    }

    @Override
    public Response handle(Caller caller, Request request) {
        return answer(caller, createRole.create(caller, parse(request.body(Body.class))), answers);
    }

    static Response answer(Caller caller, CreateRole.Result result, RoleAnswers answers) {
        return switch (result) {
            case CreateRole.Result.Created(var role) ->
                answers.role(caller.organization().id(), role);
            case CreateRole.Result.NameRefused(var problem) -> Problem.badRequest("invalid_name", problem);
            case CreateRole.Result.NameTaken() -> DirectoryProblems.roleNameTaken();
            case CreateRole.Result.UnknownRole() -> DirectoryProblems.roleNotFound();
            case CreateRole.Result.UnknownPermission() -> DirectoryProblems.unknownPermission();
            case CreateRole.Result.TooManyRoles() ->
                Problem.forbidden(
                        "too_many_roles",
                        "An organization can have " + CreateRole.MOST_ROLES + " custom roles. Delete one first.");
            case CreateRole.Result.Denied(var denial) -> DirectoryProblems.of(denial);
        };
    }

    private static CreateRole.Request parse(Body body) {
        var data = Sent.required(body.data(), "data");
        Sent.requireType(data.type(), RoleJson.TYPE);
        var attributes = Sent.required(data.attributes(), "data.attributes");
        var relationships = data.relationships();
        var permissions = relationships == null ? null : relationships.permissions();
        var ids = permissions == null
                ? List.<UUID>of()
                : Sent.ids(permissions, PermissionJson.TYPE, "data.relationships.permissions");
        return new CreateRole.Request(
                Sent.required(attributes.name(), "data.attributes.name"), new CreateRole.Source.Named(ids));
    }
}
