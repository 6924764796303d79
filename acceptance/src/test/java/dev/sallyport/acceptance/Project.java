package dev.sallyport.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The files of this project. Tests run in the folder of their module. */
final class Project {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    private Project() {}

    static Path root() {
        return ROOT;
    }

    static Path file(String name) {
        return ROOT.resolve(name);
    }

    static String text(String name) {
        try {
            return Files.readString(file(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
