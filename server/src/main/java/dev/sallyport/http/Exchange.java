package dev.sallyport.http;

import java.util.concurrent.Executor;

/** One request as the event loop sees it: no body, no blocking. */
public interface Exchange extends RequestHead {

    String method();

    /** As it was sent, without the query. */
    String path();

    /** As it was sent, behind the question mark; empty where there is none. */
    String rawQuery();

    /** The value of a template's parameter, decoded but for a rest; the route promises that it is there. */
    String pathParameter(String name);

    /** The address of the other end of the connection. */
    String peer();

    /** Runs tasks on the event loop of this exchange; the same object for all exchanges of one loop. */
    Executor loop();

    /** Answers; called once, on the event loop. */
    void answer(Response response);
}
