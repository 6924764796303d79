package dev.sallyport.audit;

import dev.sallyport.identity.Caller;
import dev.sallyport.sql.Micros;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Decisions as bytes. Numbers are big-endian, texts are UTF-8 after a length of two bytes and are cut, with a mark, where
 * they pass their bound. Scopes are a number that the segment explains in a frame of its own.
 */
final class DecisionCodec {

    static final int PATH_BYTES = 2_048;
    static final int TEXT_BYTES = 1_024;

    private static final byte ALLOWED = 1;
    private static final byte CALLER = 2;
    private static final byte MINTED = 4;
    /** Frames of earlier versions never have it. */
    private static final byte NEED = 8;

    private static final String BETWEEN_ALTERNATIVES = "|";
    private static final String CUT = "…";
    private static final Instant LATEST = Micros.toInstant(Long.MAX_VALUE);

    private static final int FIXED = Integer.BYTES + 1 + 2 * Long.BYTES + 10 * Short.BYTES + 4 * 16 + Long.BYTES;

    private DecisionCodec() {}

    /** A frame that lacks its sequence, its checksum and the number of its scopes. */
    static byte[] write(DecisionRecord decision) {
        var caller = decision.caller();
        var out = new Output(Frame.DECISION, expectedBytes(decision));
        out.number(0);
        out.put((byte)
                ((decision.isAllowed() ? ALLOWED : 0) | callerFlags(caller) | (decision.need() == null ? 0 : NEED)));
        out.number64(decision.atMicros());
        out.number64(decision.revision());
        if (caller != null) {
            write(caller, out);
        }
        out.text(decision.presented(), TEXT_BYTES);
        out.text(decision.api(), TEXT_BYTES);
        out.text(decision.operation(), TEXT_BYTES);
        out.text(decision.method(), TEXT_BYTES);
        out.text(decision.path(), PATH_BYTES);
        out.text(decision.reason(), TEXT_BYTES);
        out.text(decision.clientAddress(), TEXT_BYTES);
        var need = decision.need();
        if (need != null) {
            out.text(
                    need.required().stream()
                            .map(names -> String.join(" ", names))
                            .collect(Collectors.joining(BETWEEN_ALTERNATIVES)),
                    TEXT_BYTES);
            out.text(String.join(" ", need.held()), TEXT_BYTES);
            out.text(String.join(" ", need.missing()), TEXT_BYTES);
        }
        return out.frame();
    }

    private static int callerFlags(@org.jspecify.annotations.Nullable Caller caller) {
        if (caller == null) {
            return 0;
        }
        return caller.credential().mintedBy() == null ? CALLER : CALLER | MINTED;
    }

    private static void write(Caller caller, Output out) {
        var credential = caller.credential();
        out.id(caller.organization().id().value());
        out.id(caller.principal().id().value());
        out.id(credential.id().value());
        var mintedBy = credential.mintedBy();
        if (mintedBy != null) {
            out.id(mintedBy.value());
        }
        var expiresAt = credential.expiresAt();
        out.number64(expiresAt == null || expiresAt.isAfter(LATEST) ? Long.MAX_VALUE : Micros.of(expiresAt));
        out.text(caller.principal().email(), TEXT_BYTES);
        out.text(credential.kind().code(), TEXT_BYTES);
        out.text(credential.name(), TEXT_BYTES);
    }

    /** Exact where all texts are ASCII. */
    private static int expectedBytes(DecisionRecord decision) {
        var caller = decision.caller();
        var texts = decision.presented().length()
                + decision.api().length()
                + decision.operation().length()
                + decision.method().length()
                + Math.min(decision.path().length(), PATH_BYTES)
                + decision.reason().length()
                + decision.clientAddress().length();
        if (caller != null) {
            texts += caller.principal().email().length()
                    + caller.credential().kind().code().length()
                    + caller.credential().name().length();
        }
        return Frame.PAYLOAD + FIXED + texts;
    }

    static byte[] withScopes(byte[] frame, int scopes) {
        ByteBuffer.wrap(frame).putInt(Frame.PAYLOAD, scopes);
        return frame;
    }

    /** @param scopes what a number of this segment stands for */
    static LoggedDecision read(ByteBuffer in, IntFunction<List<String>> scopes) {
        var scopeSet = in.getInt();
        var flags = in.get();
        var at = in.getLong();
        var revision = in.getLong();
        var who = (flags & CALLER) == 0 ? null : who(in, (flags & MINTED) != 0, scopes.apply(scopeSet));
        return new LoggedDecision(
                at,
                who,
                text(in),
                text(in),
                text(in),
                text(in),
                text(in),
                (flags & ALLOWED) != 0,
                text(in),
                revision,
                text(in),
                (flags & NEED) == 0 ? null : need(in));
    }

    private static Need need(ByteBuffer in) {
        var required = text(in);
        return new Need(
                Stream.of(required.split("[|]")).map(DecisionCodec::names).toList(), names(text(in)), names(text(in)));
    }

    static List<String> names(String text) {
        return text.isEmpty() ? List.of() : List.of(text.split(" "));
    }

    private static LoggedDecision.Who who(ByteBuffer in, boolean isMinted, List<String> scopes) {
        var organization = id(in);
        var user = id(in);
        var credential = id(in);
        var mintedBy = isMinted ? id(in) : null;
        var expiresAt = in.getLong();
        return new LoggedDecision.Who(
                organization, user, text(in), credential, text(in), text(in), mintedBy, scopes, expiresAt);
    }

    static byte[] writeScopes(int number, List<String> names) {
        var out = new Output(Frame.SCOPES, 256);
        out.number(number);
        for (var name : names) {
            if (out.size() > Frame.LONGEST - 2 * TEXT_BYTES) {
                out.text(CUT, TEXT_BYTES);
                break;
            }
            out.text(name, TEXT_BYTES);
        }
        return out.frame();
    }

    static List<String> readScopes(ByteBuffer in) {
        var names = new java.util.ArrayList<String>();
        while (in.hasRemaining()) {
            names.add(text(in));
        }
        return List.copyOf(names);
    }

    private static UUID id(ByteBuffer in) {
        return new UUID(in.getLong(), in.getLong());
    }

    private static String text(ByteBuffer in) {
        var bytes = new byte[Short.toUnsignedInt(in.getShort())];
        in.get(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** A frame that grows. */
    private static final class Output {

        private final byte kind;
        private ByteBuffer bytes;

        Output(byte kind, int expected) {
            this.kind = kind;
            bytes = ByteBuffer.allocate(expected).position(Frame.PAYLOAD);
        }

        int size() {
            return bytes.position();
        }

        void put(byte value) {
            room(1).put(value);
        }

        void number(int value) {
            room(Integer.BYTES).putInt(value);
        }

        void number64(long value) {
            room(Long.BYTES).putLong(value);
        }

        void id(UUID id) {
            number64(id.getMostSignificantBits());
            number64(id.getLeastSignificantBits());
        }

        void text(String text, int most) {
            // No character takes less than a byte: the rest could not fit and need not be encoded.
            var encoded = text.substring(0, Math.min(text.length(), most + 1)).getBytes(StandardCharsets.UTF_8);
            if (encoded.length > most) {
                encoded = cut(encoded, most);
            }
            room(Short.BYTES + encoded.length).putShort((short) encoded.length).put(encoded);
        }

        private static byte[] cut(byte[] encoded, int most) {
            var mark = CUT.getBytes(StandardCharsets.UTF_8);
            var end = most - mark.length;
            while ((encoded[end] & 0xC0) == 0x80) {
                end--;
            }
            var cut = Arrays.copyOf(encoded, end + mark.length);
            System.arraycopy(mark, 0, cut, end, mark.length);
            return cut;
        }

        private ByteBuffer room(int more) {
            if (bytes.remaining() < more) {
                var wider = ByteBuffer.allocate(Math.max(bytes.capacity() * 2, bytes.position() + more));
                bytes = wider.put(bytes.flip());
            }
            return bytes;
        }

        byte[] frame() {
            if (!bytes.hasRemaining()) {
                return Frame.begin(bytes.array(), kind);
            }
            var whole = new byte[bytes.position()];
            bytes.get(0, whole);
            return Frame.begin(whole, kind);
        }
    }
}
