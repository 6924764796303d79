package dev.sallyport.directory;

import dev.sallyport.http.BadInput;
import dev.sallyport.http.Handler;
import dev.sallyport.http.Reply;
import dev.sallyport.http.Request;
import dev.sallyport.http.Response;
import dev.sallyport.identity.Caller;
import dev.sallyport.identity.PrincipalId;
import org.jspecify.annotations.Nullable;

/** {@code PATCH /api/v2/users/{user_id}} and {@code PATCH /api/v2/current_user} */
final class EditUserHandler {

    private static final String OTHER_ID = "UUID's in the URL and request body do not match";

    record Body(@Nullable Data data) {}

    record Data(
            @Nullable String id,
            @Nullable String type,
            @Nullable Attributes attributes) {}

    record Attributes(
            @Nullable String name,
            @Nullable String email,
            @Nullable String title,
            @Nullable Boolean disabled) {

        UserAttributes said() {
            return new UserAttributes(name, email, title);
        }
    }

    private final EditUser editUser;
    private final UserDocument document;

    EditUserHandler(EditUser editUser, UserDocument document) {
        this.editUser = editUser;
        this.document = document;
    }

    /** Of others: whoever the path names. */
    Handler others() {
        return (caller, request) ->
                FoundUsers.id(request).map(id -> edit(caller, request, id)).orElseGet(UserProblems::notFound);
    }

    /** Of the caller itself. */
    Handler self() {
        return (caller, request) -> {
            var attributes = parse(request, caller.principal().id());
            if (Boolean.TRUE.equals(attributes.disabled())) {
                throw new BadInput("not_of_oneself", "Nobody can be disabled here. Use /api/v2/users/{user_id}.");
            }
            return answer(caller, editUser.editSelf(caller, attributes.said()));
        };
    }

    private Response edit(Caller caller, Request request, PrincipalId id) {
        var attributes = parse(request, id);
        return answer(
                caller, editUser.edit(caller, new EditUser.Request(id, attributes.said(), attributes.disabled())));
    }

    private static Attributes parse(Request request, PrincipalId id) {
        var data = Sent.required(request.body(Body.class).data(), "data");
        Sent.requireType(data.type(), UserJson.TYPE);
        Sent.requireId(data.id(), id.value(), OTHER_ID);
        return Sent.required(data.attributes(), "data.attributes");
    }

    private Response answer(Caller caller, EditUser.Result result) {
        return switch (result) {
            case EditUser.Result.Edited(var user, var roles) ->
                Reply.ok(document.of(caller.organization(), user, roles));
            case EditUser.Result.Refused(var refusal) -> UserProblems.of(refusal);
        };
    }
}
