package dev.sallyport.cli;

import dev.sallyport.secret.LeakFinder;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/** Reads what a scan comes by, and collects what was found and what could not be read. */
final class ScanReport {

    /** Of a file or of a version of one, in bytes. */
    static final long LARGEST = 1L << 30;

    private static final int MOST_FINDINGS = 100_000;
    private static final int PIECE = 64 << 10;

    private final Shell shell;
    private final String brand;
    private final List<Finding> findings = new ArrayList<>();
    private final byte[] buffer = new byte[PIECE];
    private long read;
    private long troubles;

    ScanReport(Shell shell, String brand) {
        this.shell = shell;
        this.brand = brand;
    }

    /**
     * Reads a text to its end or to the largest size, whichever comes first.
     *
     * @param length how many bytes there are; the stream may have more behind them
     */
    void read(InputStream bytes, long length, String path, String commit) throws IOException {
        var finder = new LeakFinder(brand, hit -> add(new Finding(path, hit.line(), commit, hit.found())));
        var left = Math.min(length, LARGEST);
        while (left > 0) {
            var count = bytes.read(buffer, 0, (int) Math.min(PIECE, left));
            if (count < 0) {
                break;
            }
            finder.feed(buffer, count);
            left -= count;
        }
        finder.finish();
        read++;
        if (length > LARGEST) {
            trouble(path + " is larger than 1 GiB; the rest of it was not read.");
        }
    }

    private void add(Finding finding) {
        if (findings.size() < MOST_FINDINGS) {
            findings.add(finding);
        } else if (findings.size() == MOST_FINDINGS) {
            findings.add(finding);
            trouble("There is more than " + MOST_FINDINGS
                    + " times what looks like a credential; the rest is left out.");
        }
    }

    void trouble(String sentence) {
        troubles++;
        shell.warn(Text.clean(sentence));
    }

    /** Those whose checksum is right. */
    List<Finding> credentials() {
        return findings.stream().filter(finding -> finding.leaked().isGenuine()).toList();
    }

    /** Those as well that only look like a credential. */
    List<Finding> all() {
        return List.copyOf(findings);
    }

    boolean isComplete() {
        return troubles == 0;
    }

    /** How many files, versions of files, and messages of commits. */
    long texts() {
        return read;
    }
}
