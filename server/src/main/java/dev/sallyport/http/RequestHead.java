package dev.sallyport.http;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Who asks and with what, however the request came in. */
public interface RequestHead {

    /** The values of a header, one for each time it was sent. */
    List<String> headers(String name);

    /** The value of a header; null if it was not sent, the first if it was sent more than once. */
    @Nullable
    String header(String name);

    /** The client's address at that many hops before us: 0 is the peer, 1 the last entry of {@code X-Forwarded-For}. */
    String clientAddress();
}
