package dev.sallyport.directory;

import dev.sallyport.http.Handler;
import dev.sallyport.http.Request;
import dev.sallyport.http.Response;
import dev.sallyport.identity.Caller;
import org.jspecify.annotations.Nullable;

/** {@code POST /api/v2/roles/{role_id}/clone} */
final class CloneRoleHandler implements Handler {

    record Body(@Nullable Data data) {}

    record Data(@Nullable String type, @Nullable Attributes attributes) {}

    record Attributes(@Nullable String name) {}

    private final CreateRole createRole;
    private final RoleAnswers answers;

    CloneRoleHandler(CreateRole createRole, RoleAnswers answers) {
        this.createRole = createRole;
        this.answers = answers;
    }

    @Override
    public Response handle(Caller caller, Request request) {
        var name = name(request.body(Body.class));
        return RoleId.parse(request.pathParameter("role_id"))
                .map(id -> createRole.create(caller, new CreateRole.Request(name, new CreateRole.Source.CopyOf(id))))
                .map(result -> CreateRoleHandler.answer(caller, result, answers))
                .orElseGet(DirectoryProblems::roleNotFound);
    }

    private static String name(Body body) {
        var data = Sent.required(body.data(), "data");
        Sent.requireType(data.type(), RoleJson.TYPE);
        return Sent.required(Sent.required(data.attributes(), "data.attributes").name(), "data.attributes.name");
    }
}
