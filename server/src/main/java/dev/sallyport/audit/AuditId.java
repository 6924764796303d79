package dev.sallyport.audit;

import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The name of one decision in the whole trail: {@code dec_} and 32 hexadecimal digits. Within a node's epoch the texts sort
 * as the log does.
 *
 * @param node a random positive number that a data directory keeps
 * @param epoch raised durably at every start, so that no id is given twice
 * @param sequence from 1, in the order of the log; numbers of refused records are not used again
 */
public record AuditId(int node, int epoch, long sequence) {

    private static final String PREFIX = "dec_";
    private static final Pattern TEXT = Pattern.compile(PREFIX + "[0-7][0-9a-f]{7}[0-7][0-9a-f]{7}[0-7][0-9a-f]{15}");

    public AuditId {
        if (node <= 0 || epoch <= 0 || sequence <= 0) {
            throw new IllegalArgumentException("node, epoch and sequence must be positive");
        }
    }

    public static Optional<AuditId> parse(String text) {
        if (!TEXT.matcher(text).matches()) {
            return Optional.empty();
        }
        var node = HexFormat.fromHexDigits(text, 4, 12);
        var epoch = HexFormat.fromHexDigits(text, 12, 20);
        var sequence = HexFormat.fromHexDigitsToLong(text, 20, 36);
        return node > 0 && epoch > 0 && sequence > 0
                ? Optional.of(new AuditId(node, epoch, sequence))
                : Optional.empty();
    }

    @Override
    public String toString() {
        var hex = HexFormat.of();
        return PREFIX + hex.toHexDigits(node) + hex.toHexDigits(epoch) + hex.toHexDigits(sequence);
    }
}
