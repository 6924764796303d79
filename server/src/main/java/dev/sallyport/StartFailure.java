package dev.sallyport;

/** The server cannot start; the message says what to do. */
final class StartFailure extends Exception {

    private static final long serialVersionUID = 1L;

    StartFailure(String message) {
        super(message);
    }
}
