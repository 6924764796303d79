package dev.sallyport.http;

import io.vertx.core.http.HttpConnection;
import org.jspecify.annotations.Nullable;

/**
 * One connection of a client, as its event loop keeps account of it.
 *
 * <p>Time is counted in ticks of the loop's timer, so that a request costs no look at a clock.
 */
final class OpenConnection {

    private final HttpConnection socket;
    private @Nullable SocketExchange exchange;
    private @Nullable String peer;
    private boolean isFresh = true;
    private boolean isClosing;
    private int ticks;

    OpenConnection(HttpConnection socket) {
        this.socket = socket;
    }

    String peer() {
        var address = peer;
        if (address == null) {
            var full = socket.remoteAddress().hostAddress();
            var zone = full.indexOf('%');
            address = zone < 0 ? full : full.substring(0, zone);
            peer = address;
        }
        return address;
    }

    void begun(SocketExchange next) {
        exchange = next;
        isFresh = false;
        ticks = 0;
    }

    /** The request under way is read to its end, and answered. */
    void settled() {
        exchange = null;
        ticks = 0;
    }

    /** Called four times in the time that a body may take; closes a connection on which nothing came of the time it had. */
    void tick(int idleTicks) {
        var current = exchange;
        if (current != null) {
            current.body().quarterPassed();
        } else if (++ticks > (isFresh ? Math.min(4, idleTicks) : idleTicks)) {
            close();
        }
    }

    /** Requests that were sent already, behind the one that ends the connection, are not looked at. */
    void close() {
        isClosing = true;
        var _ = socket.close();
    }

    boolean isClosing() {
        return isClosing;
    }

    void closed() {
        var current = exchange;
        if (current != null) {
            current.abandon();
        }
    }
}
