package dev.sallyport.door;

import dev.sallyport.http.Reply;
import java.util.List;

/**
 * What a door says, before it is put in the way of a gateway.
 *
 * @param status 200, 401 or 403; or 429, which a gateway that would make an error of it hears as 403
 * @param headers every identity header, and the challenge of a 401
 * @param reason the word in {@code Sallyport-Reason}
 * @param detail one sentence for people
 */
record Answer(int status, List<Reply.Header> headers, String reason, String detail) {

    Answer {
        headers = List.copyOf(headers);
    }

    boolean isAllowed() {
        return status == 200;
    }
}
