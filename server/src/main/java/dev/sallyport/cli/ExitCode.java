package dev.sallyport.cli;

import java.util.LinkedHashMap;
import java.util.Map;

/** What a command leaves behind for scripts. The numbers never change. */
enum ExitCode {
    DONE(0, "Done; for decide: the call would be permitted"),
    FAILED(1, "It failed for another reason"),
    USAGE(2, "The command line is wrong"),
    UNAUTHENTICATED(3, "There is no credential, or the server refused it"),
    FORBIDDEN(4, "The credential may not do this"),
    NOT_FOUND(5, "There is no such thing"),
    BAD_INPUT(6, "The server refused the input"),
    UNAVAILABLE(7, "The server cannot be reached, or cannot answer now"),
    DENIED(10, "decide only: the call would be denied"),
    FOUND(11, "scan: credentials were found; choose --check: some do not fit");

    private final int code;
    private final String meaning;

    ExitCode(int code, String meaning) {
        this.code = code;
        this.meaning = meaning;
    }

    int code() {
        return code;
    }

    /** For the foot of every help text. */
    static Map<String, String> descriptions() {
        var descriptions = new LinkedHashMap<String, String>();
        for (var exitCode : values()) {
            descriptions.put(" %2d".formatted(exitCode.code), exitCode.meaning);
        }
        return descriptions;
    }
}
