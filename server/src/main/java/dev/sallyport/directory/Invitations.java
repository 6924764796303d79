package dev.sallyport.directory;

import dev.sallyport.http.Method;
import dev.sallyport.http.Reply;
import dev.sallyport.http.Route;
import dev.sallyport.identity.Origin;
import dev.sallyport.permission.Requirement;
import dev.sallyport.sql.Database;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Links with which users come in. Nothing is mailed: whoever invites gets the link and hands it on. */
public final class Invitations {

    /** Where a link leads: the page is the console's. */
    public static final String PAGE = "/console/invitation";

    private final Database database;
    private final InvitationStore invitations;
    private final InviteUsers inviteUsers;
    private final WithdrawInvitation withdrawInvitation;
    private final AcceptInvitation acceptInvitation;
    private final Requirement inviting;

    Invitations(
            Database database,
            InvitationStore invitations,
            InviteUsers inviteUsers,
            WithdrawInvitation withdrawInvitation,
            AcceptInvitation acceptInvitation,
            Requirement inviting) {
        this.database = database;
        this.invitations = invitations;
        this.inviteUsers = inviteUsers;
        this.withdrawInvitation = withdrawInvitation;
        this.acceptInvitation = acceptInvitation;
        this.inviting = inviting;
    }

    /** @param publicUrl where people reach this server; asked for when a link is made */
    public List<Route> routes(Supplier<String> publicUrl) {
        return List.of(
                Route.of(
                        Method.POST,
                        "/api/v2/user_invitations",
                        "SendInvitations",
                        inviting,
                        new InviteUsersHandler(inviteUsers, publicUrl)),
                Route.of(
                        Method.GET,
                        "/api/v2/user_invitations/{user_invitation_uuid}",
                        "GetInvitation",
                        inviting,
                        new GetInvitationHandler(database, invitations)),
                Route.of(
                        Method.DELETE,
                        "/api/v2/users/{user_id}/invitations",
                        "DeleteUserInvitations",
                        inviting,
                        new EndHandler(
                                withdrawInvitation::withdraw, new Reply(200, List.of(), new Reply.Body.Empty()))));
    }

    /**
     * Lets in whoever shows the code of an open invitation: the user becomes active, with what {@code first} gives. Of many who
     * try at once, one wins; wrong, used, withdrawn, replaced and expired codes look the same, and so do those that were made
     * with a credential that has been revoked since: whoever stole it may have made them.
     */
    public <T> Optional<T> accept(String code, Origin origin, FirstCredential<T> first) {
        return acceptInvitation.accept(code, origin, first);
    }
}
