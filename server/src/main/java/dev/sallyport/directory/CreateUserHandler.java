package dev.sallyport.directory;

import dev.sallyport.http.BadInput;
import dev.sallyport.http.Handler;
import dev.sallyport.http.Reply;
import dev.sallyport.http.Request;
import dev.sallyport.http.Response;
import dev.sallyport.identity.Caller;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** {@code POST /api/v2/users} */
final class CreateUserHandler implements Handler {

    private static final int MOST_ROLES = 100;

    record Body(@Nullable Data data) {}

    record Data(
            @Nullable String type,
            @Nullable Attributes attributes,
            @Nullable Relationships relationships) {}

    record Attributes(
            @Nullable String email,
            @Nullable String name,
            @Nullable String title) {}

    record Relationships(Sent.@Nullable ToMany roles) {}

    private final CreateUser createUser;
    private final UserDocument document;

    CreateUserHandler(CreateUser createUser, UserDocument document) {
        this.createUser = createUser;
        this.document = document;
    }

    @Override
    public Response handle(Caller caller, Request request) {
        return switch (createUser.create(caller, parse(request.body(Body.class)))) {
            case CreateUser.Result.Created(var user, var roles) ->
                Reply.json(201, document.of(caller.organization(), user, roles));
            case CreateUser.Result.Refused(var refusal) -> UserProblems.of(refusal);
        };
    }

    private static CreateUser.Request parse(Body body) {
        var data = Sent.required(body.data(), "data");
        Sent.requireType(data.type(), UserJson.TYPE);
        var attributes = Sent.required(data.attributes(), "data.attributes");
        var email = Sent.required(attributes.email(), "data.attributes.email");
        return new CreateUser.Request(
                new UserAttributes(attributes.name(), email, attributes.title()), roles(data.relationships()));
    }

    private static Set<RoleId> roles(@Nullable Relationships relationships) {
        if (relationships == null || relationships.roles() == null) {
            return Set.of();
        }
        var ids = Sent.ids(relationships.roles(), RoleJson.TYPE, "data.relationships.roles");
        if (ids.size() > MOST_ROLES) {
            throw new BadInput("too_many_roles", "A request can name at most " + MOST_ROLES + " roles.");
        }
        return ids.stream().map(RoleId::new).collect(Collectors.toSet());
    }
}
