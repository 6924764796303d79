package dev.sallyport.console;

import dev.sallyport.http.OpenHandler;
import dev.sallyport.http.Request;
import dev.sallyport.http.Response;

/**
 * {@code GET /setup}
 *
 * <p>Looks at nothing but the address: chat programs and mail scanners open links too, and must not use the code up or learn
 * whether it is good.
 */
final class ShowSetupPageHandler implements OpenHandler {

    private final SetupPages pages;

    ShowSetupPageHandler(SetupPages pages) {
        this.pages = pages;
    }

    @Override
    public Response handle(Request request) {
        return request.query()
                .one("code")
                .filter(code -> !code.isBlank())
                .map(pages::offer)
                .orElseGet(() -> pages.refused(
                        "The address is incomplete. Open the whole link that 'sallyport serve' printed."));
    }
}
