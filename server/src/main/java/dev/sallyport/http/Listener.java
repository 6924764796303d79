package dev.sallyport.http;

import java.time.Duration;

/** An address that is being listened on. */
public final class Listener implements AutoCloseable {

    /** How a listener ends; the server knows what is behind it. */
    interface Ending {
        /** Returns when all connections are closed, at the latest when the time is up. */
        void within(Duration patience);
    }

    private final int port;
    private final Ending ending;

    Listener(int port, Ending ending) {
        this.port = port;
        this.ending = ending;
    }

    /** The real one, also where any free one was asked for. */
    public int port() {
        return port;
    }

    /**
     * Refuses new connections, lets the requests under way finish, and closes each connection after its answer.
     *
     * @param patience what is not finished by then is cut off
     */
    public void drain(Duration patience) {
        ending.within(patience);
    }

    /** Cuts off whatever is under way. */
    @Override
    public void close() {
        ending.within(Duration.ZERO);
    }
}
