package dev.sallyport;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Texts that were reviewed once and are compared ever since. {@code -Dgolden.update=true} writes them anew. */
public final class Golden {

    private static final Path RESOURCES = Path.of("src/test/resources/dev/sallyport");

    private Golden() {}

    /** @param name of a file beside the test's resources, or a path that leads out of them */
    public static void assertMatches(String name, String actual) {
        var file = RESOURCES.resolve(name).normalize();
        try {
            if (Boolean.getBoolean("golden.update")) {
                Files.createDirectories(file.toAbsolutePath().getParent());
                Files.writeString(file, actual);
            }
            assertThat(file).as("a golden file; -Dgolden.update=true writes it").isRegularFile();
            assertThat(actual).isEqualTo(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The same for what stands between {@code <!-- name -->} and {@code <!-- /name -->} in a document. */
    public static void assertHolds(String document, String name, String actual) {
        var begin = "<!-- " + name + " -->\n";
        var end = "<!-- /" + name + " -->";
        try {
            var text = Files.readString(RESOURCES.resolve(document).normalize());
            assertThat(text).as(document).contains(begin, end);
            assertMatches(
                    document,
                    text.substring(0, text.indexOf(begin) + begin.length())
                            + actual
                            + text.substring(text.indexOf(end)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
