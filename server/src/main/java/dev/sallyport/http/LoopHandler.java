package dev.sallyport.http;

/** Answers on the event loop that the request came in on. Must not block, and may answer later, on the same loop. */
public interface LoopHandler {
    void handle(Exchange exchange);
}
