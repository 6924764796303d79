package dev.sallyport.console;

import dev.sallyport.http.Method;
import dev.sallyport.http.Route;
import java.util.List;

/** The pages and their routes. */
public final class Console {

    private static final String SETUP = "/setup";

    private final SetupPages pages = new SetupPages();
    private final RedeemSetupLinkHandler redeemSetupLink;

    public Console(SetupLinks links) {
        this.redeemSetupLink = new RedeemSetupLinkHandler(links, pages);
    }

    public List<Route> routes() {
        return List.of(
                Route.open(Method.GET, SETUP, "ShowSetupPage", new ShowSetupPageHandler(pages)),
                Route.open(Method.POST, SETUP, "RedeemSetupLink", redeemSetupLink));
    }
}
