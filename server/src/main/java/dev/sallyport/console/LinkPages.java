package dev.sallyport.console;

import dev.sallyport.http.Reply;
import gg.jte.TemplateOutput;
import gg.jte.html.HtmlInterceptor;
import gg.jte.html.HtmlTemplateOutput;
import gg.jte.html.OwaspHtmlTemplateOutput;
import gg.jte.output.StringOutput;
import java.util.Map;
import java.util.function.Consumer;

/** The pages that links lead to. */
final class LinkPages {

    /** Templates can have something added to their forms; these have not. */
    private static final HtmlInterceptor NOTHING_ADDED = new HtmlInterceptor() {
        @Override
        public void onHtmlTagOpened(String name, Map<String, Object> attributes, TemplateOutput output) {}

        @Override
        public void onHtmlTagClosed(String name, TemplateOutput output) {}
    };

    private final Style style = new Style();

    /** Offers to use the code up. */
    Reply offer(LinkKind kind, String code) {
        return switch (kind) {
            case SETUP ->
                page(200, output -> JtesetupGenerated.render(output, NOTHING_ADDED, style.text(), kind.path(), code));
            case INVITATION ->
                page(
                        200,
                        output ->
                                JteinvitationGenerated.render(output, NOTHING_ADDED, style.text(), kind.path(), code));
        };
    }

    Reply issued(String token, String id, String expiresAt) {
        return page(
                200, output -> JteissuedGenerated.render(output, NOTHING_ADDED, style.text(), token, id, expiresAt));
    }

    Reply cameIn(String note) {
        return page(200, output -> JtecameinGenerated.render(output, NOTHING_ADDED, style.text(), note));
    }

    Reply refused(String reason) {
        return page(404, output -> JterefusedGenerated.render(output, NOTHING_ADDED, style.text(), reason));
    }

    private Reply page(int status, Consumer<HtmlTemplateOutput> template) {
        var html = new StringOutput();
        template.accept(new OwaspHtmlTemplateOutput(html));
        // The page and its address hold secrets: nobody keeps them, and nobody is told where the visitor came from.
        return Reply.text(status, "text/html; charset=utf-8", html.toString())
                .with("Content-Security-Policy", style.contentSecurityPolicy())
                .with("Cache-Control", "no-store")
                .with("Referrer-Policy", "no-referrer");
    }
}
