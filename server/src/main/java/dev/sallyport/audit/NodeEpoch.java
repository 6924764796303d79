package dev.sallyport.audit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import org.slf4j.LoggerFactory;

/** Which node this is and which of its lives: what makes ids unique over nodes and restarts. */
record NodeEpoch(int node, int epoch) {

    static final String FILE = "node";
    private static final Pattern CONTENT = Pattern.compile("([0-9]{1,10}) ([0-9]{1,10})\n");

    /** Begins a new epoch, durably, before any id of it is given. */
    static NodeEpoch begin(LogFiles files, RandomGenerator random) throws IOException {
        var next = last(files, random).next();
        files.replace(FILE, next.content());
        return next;
    }

    /**
     * Lets the next epoch of a restored log be one that the node it was taken from cannot have reached: the minutes since 1970,
     * because no node starts every minute of its life.
     */
    static void pass(LogFiles files, RandomGenerator random, Instant now) throws IOException {
        var last = last(files, random);
        var minutes = Math.toIntExact(Duration.between(Instant.EPOCH, now).toMinutes());
        files.replace(FILE, new NodeEpoch(last.node, Math.max(last.epoch, minutes)).content());
    }

    private static NodeEpoch last(LogFiles files, RandomGenerator random) throws IOException {
        var content = files.read(FILE);
        if (content.isPresent()) {
            var matcher = CONTENT.matcher(new String(content.get(), StandardCharsets.US_ASCII));
            if (matcher.matches()) {
                var node = Long.parseLong(matcher.group(1));
                var epoch = Long.parseLong(matcher.group(2));
                if (node > 0 && node <= Integer.MAX_VALUE && epoch < Integer.MAX_VALUE) {
                    return new NodeEpoch((int) node, (int) epoch);
                }
            }
            LoggerFactory.getLogger(NodeEpoch.class)
                    .warn("The file 'node' of the log is unreadable; a new one is written.");
        }
        return new NodeEpoch(random.nextInt(1, Integer.MAX_VALUE), Segment.lastEpoch(files.segments()));
    }

    private byte[] content() {
        return (node + " " + epoch + "\n").getBytes(StandardCharsets.US_ASCII);
    }

    private NodeEpoch next() {
        return new NodeEpoch(node, Math.addExact(epoch, 1));
    }
}
