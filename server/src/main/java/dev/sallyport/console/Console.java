package dev.sallyport.console;

import dev.sallyport.http.Method;
import dev.sallyport.http.Route;
import java.util.List;

/** The pages and their routes. */
public final class Console {

    private final LinkPages pages = new LinkPages();
    private final OneTimeLinks setupLinks;
    private final OneTimeLinks invitations;

    public Console(OneTimeLinks setupLinks, OneTimeLinks invitations) {
        this.setupLinks = setupLinks;
        this.invitations = invitations;
    }

    public List<Route> routes() {
        return List.of(
                show(LinkKind.SETUP, "ShowSetupPage"),
                redeem(LinkKind.SETUP, "RedeemSetupLink", setupLinks),
                show(LinkKind.INVITATION, "ShowInvitationPage"),
                redeem(LinkKind.INVITATION, "AcceptInvitation", invitations));
    }

    private Route show(LinkKind kind, String operation) {
        return Route.open(Method.GET, kind.path(), operation, new ShowLinkHandler(kind, pages));
    }

    private Route redeem(LinkKind kind, String operation, OneTimeLinks links) {
        return Route.open(Method.POST, kind.path(), operation, new RedeemLinkHandler(kind, links, pages));
    }
}
