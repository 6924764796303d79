package dev.sallyport.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;

/**
 * The body of one request: held back until somebody wants it, then read within limits or thrown away. All on the event loop.
 *
 * <p>What is thrown away is bounded too, so that an answer given early (413, 401) reaches a client that is still sending, but
 * nobody can send for ever.
 */
final class RequestBody {

    /** One of the two is called, once; neither if the client goes away. */
    interface Receiver {
        /** The bytes are counted in the {@link BodyRoom}; whoever takes them releases them. */
        void whole(byte[] bytes);

        void refused(Problem problem);
    }

    private enum State {
        UNREAD,
        READING,
        DISCARDING,
        ENDED
    }

    private static final byte[] NOTHING = {};
    private static final int DISCARDED_BODIES = 16;

    private static final Buffer EMPTY = Buffer.buffer(0);
    private static final Receiver IGNORANT = new Receiver() {
        @Override
        public void whole(byte[] bytes) {}

        @Override
        public void refused(Problem problem) {}
    };

    private final HttpServerRequest request;
    private final Limits limits;
    private final BodyRoom room;
    private final Runnable whenEnded;
    private final boolean isFramed;

    private State state;
    private int mostBytes;
    private Receiver receiver = IGNORANT;
    private Buffer collected = EMPTY;
    private long discarded;
    private int quartersSpent;

    RequestBody(HttpServerRequest request, Limits limits, BodyRoom room, Runnable whenEnded) {
        this.request = request;
        this.limits = limits;
        this.room = room;
        this.whenEnded = whenEnded;
        mostBytes = limits.bodyBytes();
        var headers = request.headers();
        var coding = headers.get(HttpHeaders.TRANSFER_ENCODING);
        var length = headers.get(HttpHeaders.CONTENT_LENGTH);
        isFramed = coding == null || coding.equalsIgnoreCase("chunked");
        state = coding != null || (length != null && !length.equals("0")) ? State.UNREAD : State.ENDED;
    }

    /** False for codings of which the decoder knows no end: what follows would be taken for the next request. RFC 9112 §6.3. */
    boolean isFramed() {
        return isFramed;
    }

    /** Whether bytes of it may still come in. */
    boolean isPending() {
        return state != State.ENDED;
    }

    /** What the route that was found takes. Called before {@link #read}. */
    void allow(int bytes) {
        mostBytes = bytes;
    }

    /** Keeps the bytes in the socket until {@link #read} or {@link #discard}. */
    void hold() {
        if (state == State.UNREAD) {
            request.pause();
        }
    }

    void read(Receiver whose) {
        if (state == State.ENDED) {
            whose.whole(NOTHING);
            return;
        }
        if (declaredLength() > mostBytes) {
            whose.refused(ReceivedRequest.tooLarge(mostBytes));
            return;
        }
        if ("100-continue".equalsIgnoreCase(request.getHeader(HttpHeaders.EXPECT))) {
            var _ = request.response().writeContinue();
        }
        receiver = whose;
        collected = Buffer.buffer();
        flow(State.READING);
    }

    void discard() {
        if (state == State.UNREAD) {
            flow(State.DISCARDING);
        }
    }

    private void flow(State next) {
        state = next;
        request.handler(this::chunk).endHandler(_ -> end()).resume();
    }

    /** -1 where the body comes in chunks. The decoder has refused what is not a number. */
    private long declaredLength() {
        var length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        if (length == null) {
            return -1;
        }
        return length.length() > 18 ? Long.MAX_VALUE : Long.parseLong(length);
    }

    private void chunk(Buffer chunk) {
        switch (state) {
            case READING -> collect(chunk);
            case DISCARDING -> {
                discarded += chunk.length();
                if (discarded > (long) DISCARDED_BODIES * limits.bodyBytes()) {
                    var _ = request.connection().close();
                }
            }
            case UNREAD, ENDED -> {}
        }
    }

    private void collect(Buffer chunk) {
        if (collected.length() + chunk.length() > mostBytes) {
            refuse(ReceivedRequest.tooLarge(mostBytes));
        } else if (room.take(chunk.length())) {
            collected.appendBuffer(chunk);
        } else {
            refuse(Dispatch.busy());
        }
    }

    private void end() {
        var was = state;
        state = State.ENDED;
        if (was == State.READING) {
            var bytes = collected.getBytes();
            collected = EMPTY;
            receiver.whole(bytes);
        }
        whenEnded.run();
    }

    private void refuse(Problem problem) {
        drop(State.DISCARDING);
        receiver.refused(problem);
    }

    /** Called four times in the time that a body may take. */
    void quarterPassed() {
        if ((state == State.READING || state == State.DISCARDING) && ++quartersSpent > 4) {
            if (state == State.READING) {
                refuse(new Problem(408, "body_too_slow", "The body took too long to come in."));
            } else {
                var _ = request.connection().close();
            }
        }
    }

    /** The client went away. */
    void abandon() {
        drop(State.ENDED);
    }

    private void drop(State next) {
        if (state == State.READING) {
            room.release(collected.length());
            collected = EMPTY;
        }
        state = next;
    }
}
