package dev.sallyport.directory;

import dev.sallyport.http.BadInput;
import dev.sallyport.http.Handler;
import dev.sallyport.http.Reply;
import dev.sallyport.http.Request;
import dev.sallyport.http.Response;
import dev.sallyport.identity.Caller;
import dev.sallyport.identity.PrincipalId;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** {@code POST /api/v2/user_invitations} */
final class InviteUsersHandler implements Handler {

    private static final int MOST_USERS = 100;

    record Body(@Nullable List<@Nullable Data> data) {}

    record Data(@Nullable String type, @Nullable Relationships relationships) {}

    record Relationships(Sent.@Nullable ToOne user) {}

    private final InviteUsers inviteUsers;
    private final Supplier<String> publicUrl;

    InviteUsersHandler(InviteUsers inviteUsers, Supplier<String> publicUrl) {
        this.inviteUsers = inviteUsers;
        this.publicUrl = publicUrl;
    }

    @Override
    public Response handle(Caller caller, Request request) {
        return switch (inviteUsers.invite(caller, parse(request.body(Body.class)))) {
            case InviteUsers.Result.Done(var invited) ->
                Reply.json(
                                201,
                                new Document.Many(
                                        invited.stream().map(this::shown).toList()))
                        .with("Cache-Control", "no-store");
            case InviteUsers.Result.Refused(var refusal) -> UserProblems.of(refusal);
        };
    }

    private InvitationJson shown(InviteUsers.Invited invited) {
        return InvitationJson.of(
                invited.invitation(),
                publicUrl.get() + Invitations.PAGE + "?code=" + invited.code().reveal());
    }

    private static Set<PrincipalId> parse(Body body) {
        var data = Sent.required(body.data(), "data");
        if (data.isEmpty() || data.size() > MOST_USERS) {
            throw new BadInput("wrong_count", "The member 'data' must have 1 to " + MOST_USERS + " invitations.");
        }
        var ids = new LinkedHashSet<PrincipalId>();
        for (var invitation : data) {
            var one = Sent.required(invitation, "data[]");
            Sent.requireType(one.type(), InvitationJson.TYPE);
            var user = Sent.required(
                    Sent.required(one.relationships(), "data[].relationships").user(), "data[].relationships.user");
            ids.add(new PrincipalId(Sent.id(user.data(), UserJson.TYPE, "data[].relationships.user.data")));
        }
        return ids;
    }
}
