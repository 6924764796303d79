package dev.sallyport.cli;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.FileVisitor;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/** Reads files and folders, but no links, no devices, and nothing in a folder named {@code .git}. */
final class FileScan implements FileVisitor<Path> {

    private final ScanReport report;
    private @Nullable Path start;

    FileScan(ScanReport report) {
        this.report = report;
    }

    /** A link is followed where it was named itself. */
    void scan(Path named) {
        try {
            var path = Files.isSymbolicLink(named) ? named.toRealPath() : named;
            start = path;
            Files.walkFileTree(path, this);
        } catch (IOException e) {
            unreadable(named);
        }
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
        return folder.endsWith(".git") && !folder.equals(start)
                ? FileVisitResult.SKIP_SUBTREE
                : FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
        if (attributes.isRegularFile()) {
            // A file may grow while it is read: what it was when it was found is read, and no more.
            try (var bytes = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
                report.read(bytes, attributes.size(), file.toString(), "");
            } catch (IOException e) {
                unreadable(file);
            }
        }
        return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException failure) {
        unreadable(file);
        return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure) {
        if (failure != null) {
            unreadable(folder);
        }
        return FileVisitResult.CONTINUE;
    }

    private void unreadable(Path path) {
        report.trouble(path + " cannot be read.");
    }
}
