package dev.sallyport.cli;

/** Ends a command with an exit code and a sentence or two: what went wrong, and what to do next. */
final class Failure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final ExitCode exitCode;

    Failure(ExitCode exitCode, String message) {
        super(message, null, false, false);
        this.exitCode = exitCode;
    }

    ExitCode exitCode() {
        return exitCode;
    }

    String message() {
        return String.valueOf(getMessage());
    }
}
