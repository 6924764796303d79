package dev.sallyport.http;

/** The methods that routes are written with. */
public enum Method {
    GET,
    POST,
    PUT,
    PATCH,
    DELETE
}
