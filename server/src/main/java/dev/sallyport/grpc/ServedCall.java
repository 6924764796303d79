package dev.sallyport.grpc;

import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.Status;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A call on its event loop: from its headers until its answer is taken, or nobody waits for one any more. */
final class ServedCall<Q, A> extends ServerCall.Listener<Received<Q>> implements GrpcCall<A> {

    private static final Logger LOG = LoggerFactory.getLogger(ServedCall.class);
    private static final int QUARTERS = 4;

    private final ServerCall<Received<Q>, A> call;
    private final Metadata headers;
    private final UnaryHandler<Q, A> handler;
    private final Executor loop;
    private final OpenCalls calls;
    private final Consumer<SocketAddress> cutOff;

    private @Nullable Q message;
    private boolean isClosed;
    private int quarters;

    /** @param cutOff closes the connection from that address */
    ServedCall(
            ServerCall<Received<Q>, A> call,
            Metadata headers,
            UnaryHandler<Q, A> handler,
            Executor loop,
            OpenCalls calls,
            Consumer<SocketAddress> cutOff) {
        this.call = call;
        this.headers = headers;
        this.handler = handler;
        this.loop = loop;
        this.calls = calls;
        this.cutOff = cutOff;
    }

    void begin() {
        if (calls.begin(this)) {
            // A second message would be one too many; it is asked for so that it can be refused.
            call.request(2);
        } else {
            close(Status.RESOURCE_EXHAUSTED.withDescription("The server is busy; try again in a moment."));
        }
    }

    @Override
    public void onMessage(Received<Q> received) {
        if (received.message() == null) {
            close(Status.INVALID_ARGUMENT.withDescription("The message cannot be read."));
        } else if (message != null) {
            close(Status.INVALID_ARGUMENT.withDescription("The method takes one message."));
        } else {
            message = received.message();
        }
    }

    @Override
    public void onHalfClose() {
        var received = message;
        if (isClosed) {
            return;
        }
        if (received == null) {
            close(Status.INVALID_ARGUMENT.withDescription("The method takes one message."));
            return;
        }
        try {
            handler.handle(received, this);
        } catch (RuntimeException thrown) {
            LOG.error("{} failed", call.getMethodDescriptor().getFullMethodName(), thrown);
            close(Status.INTERNAL);
        }
    }

    @Override
    public void onCancel() {
        isClosed = true;
        calls.end(this);
    }

    @Override
    public void onComplete() {
        calls.end(this);
    }

    @Override
    public void answer(A answer) {
        if (!isClosed) {
            isClosed = true;
            call.sendHeaders(new Metadata());
            call.sendMessage(answer);
            call.close(Status.OK, new Metadata());
        }
    }

    private void close(Status status) {
        if (!isClosed) {
            isClosed = true;
            call.close(status, new Metadata());
        }
    }

    /** Whoever does not take an answer has the connection closed: the library has no other way to forget the answer. */
    void quarterPassed() {
        if (++quarters <= QUARTERS) {
            return;
        }
        if (isClosed) {
            var address = remote();
            if (address != null) {
                cutOff.accept(address);
            }
        } else {
            quarters = 0;
            close(Status.DEADLINE_EXCEEDED);
        }
    }

    @Override
    public List<String> metadata(String name) {
        var values = headers.getAll(Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER));
        var all = new ArrayList<String>(1);
        if (values != null) {
            values.forEach(all::add);
        }
        return all;
    }

    @Override
    public String peer() {
        if (remote() instanceof InetSocketAddress address && address.getAddress() != null) {
            var full = address.getAddress().getHostAddress();
            var zone = full.indexOf('%');
            return zone < 0 ? full : full.substring(0, zone);
        }
        return "";
    }

    private @Nullable SocketAddress remote() {
        return call.getAttributes().get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR);
    }

    @Override
    public Executor loop() {
        return loop;
    }
}
