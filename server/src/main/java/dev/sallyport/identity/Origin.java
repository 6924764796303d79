package dev.sallyport.identity;

/**
 * Where a request came from, for the trail.
 *
 * @param address the client's address as the configured hop gives it
 * @param decision the id of the decision that let the request in; empty where none was needed
 */
public record Origin(String address, String decision) {

    /** Something that the operator did on the machine itself. */
    public static final Origin MACHINE = new Origin("", "");
}
