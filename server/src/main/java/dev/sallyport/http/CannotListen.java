package dev.sallyport.http;

import java.net.BindException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The address could not be listened on. The message says what to do, and is meant for whoever started the server. */
public final class CannotListen extends RuntimeException {

    private static final long serialVersionUID = 1L;

    CannotListen(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /** @param cause what the library threw */
    public static CannotListen at(String address, int port, Throwable cause) {
        if (isInUse(cause)) {
            return new CannotListen(
                    "Port " + port + " of " + address
                            + " is in use; end the program that listens on it, or choose another port (0 for any free one).",
                    cause);
        }
        if (cause instanceof BindException) {
            return atNoAddress(address, cause);
        }
        if (lowerCaseMessage(cause).contains("permission denied")) {
            return new CannotListen("Port " + port + " is reserved for the system; choose one above 1023.", cause);
        }
        return new CannotListen(
                "Listening on port " + port + " of " + address + " failed: " + cause.getMessage(), cause);
    }

    static CannotListen atNoAddress(String address, Throwable cause) {
        return new CannotListen(
                "'" + address
                        + "' is not an address of this machine; use 127.0.0.1 for this machine only, or 0.0.0.0 for"
                        + " all of its addresses.",
                cause);
    }

    static boolean isInUse(Throwable cause) {
        return cause instanceof BindException && lowerCaseMessage(cause).contains("in use");
    }

    private static String lowerCaseMessage(Throwable cause) {
        return String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
    }
}
