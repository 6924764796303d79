package dev.sallyport.http;

import dev.sallyport.identity.Caller;

/** Answers a request of a caller whom the gate let in. May block: it runs on a worker thread. */
public interface Handler {
    Response handle(Caller caller, Request request);
}
