package dev.sallyport.http;

/** A request with its body, for handlers that may block. */
public interface Request {

    Method method();

    /** As it was sent, without the query. */
    String path();

    /** The value of a template's parameter, decoded. */
    String pathParameter(String name);

    /** The query, decoded. */
    Query query();

    /** A header's value; empty if it was not sent. */
    String header(String name);

    /** The client's address as the configured hop gives it. */
    String clientAddress();

    /**
     * The body as JSON.
     *
     * <p>Duplicate keys, a depth over the limit, trailing text, and bytes that are not UTF-8 are refused. Unknown members are
     * refused on our own surface and passed over on Datadog's, whose newer clients may send what this version does not know, and
     * on those of the standards that ask for it.
     *
     * @throws BadInput if it is not of that shape
     */
    <T> T body(Class<T> type);

    /** The body as it was sent, before any decoding: what a signature is over. */
    byte[] bytes();

    /** The fields of a form ({@code application/x-www-form-urlencoded}). */
    Query form();
}
