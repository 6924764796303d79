package dev.sallyport.console;

import dev.sallyport.http.OpenHandler;
import dev.sallyport.http.Request;
import dev.sallyport.http.Response;

/**
 * {@code GET} of where a link leads
 *
 * <p>Looks at nothing but the address: chat programs and mail scanners open links too, and must not use the code up or learn
 * whether it is good.
 */
final class ShowLinkHandler implements OpenHandler {

    private final LinkKind kind;
    private final LinkPages pages;

    ShowLinkHandler(LinkKind kind, LinkPages pages) {
        this.kind = kind;
        this.pages = pages;
    }

    @Override
    public Response handle(Request request) {
        return request.query()
                .one("code")
                .filter(code -> !code.isBlank())
                .map(code -> pages.offer(kind, code))
                .orElseGet(() -> pages.refused(kind.incomplete()));
    }
}
