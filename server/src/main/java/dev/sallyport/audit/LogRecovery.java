package dev.sallyport.audit;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks over the file that the last process was writing. What follows its last whole record was never acknowledged: it is
 * told and passed over. Room that was only set aside is given back; written bytes are left as evidence, and as nobody ever
 * appends to an old file, every reader ends at the same place.
 */
final class LogRecovery {

    private static final Logger LOG = LoggerFactory.getLogger(LogRecovery.class);
    private static final int CHUNK = 256 << 10;

    private LogRecovery() {}

    static void run(LogFiles files) throws IOException {
        var segments = files.segments();
        if (segments.isEmpty()) {
            return;
        }
        var last = segments.getLast();
        try (var file = files.open(last.name());
                var reader = new SegmentReader(file)) {
            reader.skipTo(Long.MAX_VALUE);
            var written = Math.max(reader.offset(), endOfWritten(file, reader.offset()));
            if (written > reader.offset()) {
                LOG.warn(
                        "The decision log was not ended properly: {} bytes after the last whole record of {} are not read.",
                        written - reader.offset(),
                        last.name());
            }
            if (written < file.size()) {
                file.truncate(written);
            }
        }
    }

    /** After the last byte that is not zero. */
    private static long endOfWritten(LogFiles.LogFile file, long from) throws IOException {
        var end = from;
        var buffer = ByteBuffer.allocate(CHUNK);
        for (var at = from; file.read(buffer.clear(), at) > 0; at += buffer.limit()) {
            buffer.flip();
            for (var i = buffer.limit() - 1; i >= 0; i--) {
                if (buffer.get(i) != 0) {
                    end = at + i + 1;
                    break;
                }
            }
        }
        return end;
    }
}
