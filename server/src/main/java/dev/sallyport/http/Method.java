package dev.sallyport.http;

/** The methods that routes are written with. */
public enum Method {
    GET,
    POST,
    PUT,
    PATCH,
    DELETE,
    /** Whatever a request says, also a method that is not listed here; only for what is answered on the event loop. */
    ANY
}
