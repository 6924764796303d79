package dev.sallyport.directory;

import dev.sallyport.http.Handler;
import dev.sallyport.http.Problem;
import dev.sallyport.http.Reply;
import dev.sallyport.http.Request;
import dev.sallyport.http.Response;
import dev.sallyport.identity.Caller;
import dev.sallyport.identity.CredentialId;
import dev.sallyport.sql.Database;

/** {@code GET /api/v2/user_invitations/{user_invitation_uuid}}: one that is open, without its link. */
final class GetInvitationHandler implements Handler {

    private final Database database;
    private final InvitationStore invitations;

    GetInvitationHandler(Database database, InvitationStore invitations) {
        this.database = database;
        this.invitations = invitations;
    }

    @Override
    public Response handle(Caller caller, Request request) {
        var organization = caller.organization().id();
        return CredentialId.parse(request.pathParameter("user_invitation_uuid"))
                .flatMap(id -> database.reading(transaction -> invitations.find(transaction, organization, id)))
                .<Response>map(invitation -> Reply.ok(new Document.One(InvitationJson.of(invitation, null))))
                .orElseGet(() -> Problem.notFound("Invitation not found"));
    }
}
