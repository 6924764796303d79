package dev.sallyport.http;

import java.util.List;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** One request as the event loop sees it: no body, no blocking. */
public interface Exchange {

    String method();

    /** As it was sent, without the query. */
    String path();

    /** As it was sent, behind the question mark; empty where there is none. */
    String rawQuery();

    /** The value of a template's parameter, decoded; the route promises that it is there. */
    String pathParameter(String name);

    /** The values of a header, one for each time it was sent. */
    List<String> headers(String name);

    /** The value of a header; null if it was not sent, the first if it was sent more than once. */
    @Nullable
    String header(String name);

    /** The address of the other end of the connection. */
    String peer();

    /** The client's address at that many hops before us: 0 is the peer, 1 the last entry of {@code X-Forwarded-For}. */
    String clientAddress();

    /** Runs tasks on the event loop of this exchange; the same object for all exchanges of one loop. */
    Executor loop();

    /** Answers; called once, on the event loop. */
    void answer(Reply reply);
}
