package dev.sallyport.door;

import dev.sallyport.decision.Decision;
import dev.sallyport.http.Reply.Header;
import dev.sallyport.identity.Caller;
import dev.sallyport.identity.Principal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The headers of a door's answer.
 *
 * <p>Every one is in every answer, empty where there is nothing to say: a gateway that copies them all leaves nothing of what a
 * client forged.
 */
final class DoorHeaders {

    static final String REASON = "Sallyport-Reason";
    static final String IDENTITY = "Sallyport-Identity";

    private DoorHeaders() {}

    /** @param scopes the names of what the caller may do, a blank between; empty where they are too many for a header */
    static List<Header> of(String decision, String reason, @Nullable Caller caller, String scopes, String identity) {
        var headers = new ArrayList<Header>(12);
        headers.add(new Header(Decision.HEADER, decision));
        headers.add(new Header(REASON, reason));
        headers.add(new Header(
                "Sallyport-Organization",
                caller == null ? "" : text(caller.organization().id())));
        headers.add(new Header(
                "Sallyport-Principal",
                caller == null ? "" : text(caller.principal().id())));
        headers.add(new Header(
                "Sallyport-Principal-Kind",
                caller == null ? "" : caller.principal().kind().code()));
        headers.add(new Header("Sallyport-Email", caller == null ? "" : headerSafe(emailOf(caller.principal()))));
        headers.add(new Header(
                "Sallyport-Credential",
                caller == null ? "" : text(caller.credential().id())));
        headers.add(new Header(
                "Sallyport-Credential-Kind",
                caller == null ? "" : caller.credential().kind().code()));
        headers.add(new Header("Sallyport-Scopes", scopes));
        headers.add(new Header("Sallyport-Actor", ""));
        headers.add(new Header(IDENTITY, identity));
        return headers;
    }

    /** A service account carries the address of whoever looks after it, and is not that person. */
    static String emailOf(Principal principal) {
        return principal.kind() == Principal.Kind.USER ? principal.email() : "";
    }

    private static String text(Record id) {
        return id.toString();
    }

    /** A header value is ASCII; what is not is left to the signed assertion. */
    private static String headerSafe(String text) {
        for (var i = 0; i < text.length(); i++) {
            if (text.charAt(i) < ' ' || text.charAt(i) > '~') {
                return "";
            }
        }
        return text;
    }
}
