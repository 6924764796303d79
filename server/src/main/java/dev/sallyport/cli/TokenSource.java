package dev.sallyport.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the token from a file or from the environment; arguments are seen by every process of the machine. */
final class TokenSource {

    private static final long LONGEST_FILE = 16 << 10;
    private static final Pattern TOKEN = Pattern.compile("[!-~]{1,4096}");

    private final Shell shell;

    TokenSource(Shell shell) {
        this.shell = shell;
    }

    /** The token of the file if one is named, else {@code SALLYPORT_TOKEN}, else {@link #keys}. */
    Shown read(@Nullable Path file) {
        var token = file == null ? shell.variable("SALLYPORT_TOKEN") : inFile(file);
        var keys = keys();
        return file == null && token.isEmpty() && keys.isPresent() ? keys.get() : new Shown.Token(checked(token));
    }

    /** The pair of keys if there is one, else what {@link #read} finds. */
    Shown keysOr(@Nullable Path file) {
        return keys().orElseGet(() -> read(file));
    }

    /** {@code DD_API_KEY} with {@code DD_APP_KEY}, as other clients of these keys read them. */
    private Optional<Shown> keys() {
        var apiKey = shell.variable("DD_API_KEY");
        var applicationKey = shell.variable("DD_APP_KEY");
        return apiKey.isEmpty() || applicationKey.isEmpty()
                ? Optional.empty()
                : Optional.of(new Shown.KeyPair(checked(apiKey), checked(applicationKey)));
    }

    private static String checked(String token) {
        if (token.isEmpty()) {
            throw new Failure(
                    ExitCode.UNAUTHENTICATED,
                    "There is no token. Put one into the variable SALLYPORT_TOKEN, or name a file that holds it with"
                            + " --token-file; the first one comes from the setup link that 'sallyport serve' prints.");
        }
        if (!TOKEN.matcher(token).matches()) {
            throw new Failure(
                    ExitCode.UNAUTHENTICATED,
                    "What was given as a token has blanks or other characters that no token has. Copy it again.");
        }
        return token;
    }

    private String inFile(Path file) {
        try {
            if (Files.size(file) > LONGEST_FILE) {
                throw new Failure(ExitCode.UNAUTHENTICATED, file + " is too large to hold a token.");
            }
            warnOfReaders(file);
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new Failure(
                    ExitCode.UNAUTHENTICATED,
                    "The token file " + file + " cannot be read. Check its name and that it is yours.");
        }
    }

    private void warnOfReaders(Path file) throws IOException {
        if (Files.getFileStore(file).supportsFileAttributeView("posix")
                && Files.getPosixFilePermissions(file).contains(PosixFilePermission.OTHERS_READ)) {
            shell.warn("Everybody on this machine can read " + file + ". Run: chmod 600 " + file);
        }
    }
}
