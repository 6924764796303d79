package dev.sallyport.http;

/** Answers a request of anybody. May block: it runs on a worker thread. */
public interface OpenHandler {
    Response handle(Request request);
}
