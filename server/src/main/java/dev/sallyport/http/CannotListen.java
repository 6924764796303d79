package dev.sallyport.http;

import org.jspecify.annotations.Nullable;

/** The address could not be listened on. The message says what to do, and is meant for whoever started the server. */
public final class CannotListen extends RuntimeException {

    private static final long serialVersionUID = 1L;

    CannotListen(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
