package dev.sallyport.audit;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Follows the log from a place on, file by file, and never reads past what is durable. Used by one thread. */
final class LogReader implements Closeable {

    private static final Logger LOG = LoggerFactory.getLogger(LogReader.class);

    private final DecisionLog log;
    private String segment;
    private long offset;
    private boolean isEnded;
    private LogFiles.@Nullable LogFile file;
    private @Nullable SegmentReader reader;

    LogReader(DecisionLog log, String segment, long offset) {
        this.log = log;
        this.segment = segment;
        this.offset = offset;
    }

    /** The file that was read last. */
    String segment() {
        return segment;
    }

    /** Where in it the next record begins. */
    long offset() {
        return offset;
    }

    /** What comes next, at most so much of it; fewer entries mean that everything up to that place was read. */
    List<SegmentReader.Entry> read(LogPosition upTo, int most) throws IOException {
        var entries = new ArrayList<SegmentReader.Entry>();
        while (entries.size() < most) {
            if (reader == null && !openNext(upTo)) {
                return entries;
            }
            var current = opened(reader);
            var limit = limitOf(segment, upTo);
            var entry = current.next(limit);
            if (entry != null) {
                entries.add(entry);
                offset = current.offset();
            } else if (segment.compareTo(upTo.segment()) < 0) {
                endSegment(current, limit);
            } else {
                return entries;
            }
        }
        return entries;
    }

    private boolean openNext(LogPosition upTo) throws IOException {
        var next = next();
        if (next.isEmpty() || next.get().compareTo(upTo.segment()) > 0) {
            return false;
        }
        if (!next.get().equals(segment)) {
            segment = next.get();
            offset = 0;
        }
        isEnded = false;
        file = log.files().open(segment);
        reader = new SegmentReader(file);
        reader.skipTo(offset);
        return true;
    }

    private Optional<String> next() throws IOException {
        return log.files().segments().stream()
                .map(LogFiles.Stored::name)
                .filter(name -> isEnded ? name.compareTo(segment) > 0 : name.compareTo(segment) >= 0)
                .findFirst();
    }

    private long limitOf(String name, LogPosition upTo) throws IOException {
        if (name.equals(upTo.segment())) {
            return upTo.offset();
        }
        var end = log.endOf(name);
        return end == null ? opened(file).size() : end;
    }

    private void endSegment(SegmentReader current, long limit) throws IOException {
        if (current.offset() < limit) {
            LOG.warn("{} bytes of {} are no whole records and are not indexed.", limit - current.offset(), segment);
        }
        isEnded = true;
        close();
    }

    private static <T> T opened(@Nullable T thing) {
        if (thing == null) {
            throw new IllegalStateException("no segment is open");
        }
        return thing;
    }

    @Override
    public void close() throws IOException {
        if (reader != null) {
            reader.close();
        }
        reader = null;
        file = null;
    }
}
