package dev.sallyport.grpc;

import com.google.protobuf.StringValue;
import dev.sallyport.http.HttpServer;
import dev.sallyport.http.Limits;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.protobuf.ProtoUtils;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A listener with one method, and a client of it. */
final class TestCalls implements AutoCloseable {

    static final MethodDescriptor<StringValue, StringValue> SAY =
            MethodDescriptor.<StringValue, StringValue>newBuilder()
                    .setType(MethodDescriptor.MethodType.UNARY)
                    .setFullMethodName("test.Echo/Say")
                    .setRequestMarshaller(ProtoUtils.marshaller(StringValue.getDefaultInstance()))
                    .setResponseMarshaller(ProtoUtils.marshaller(StringValue.getDefaultInstance()))
                    .build();

    /** Sends the characters as they are. */
    static final MethodDescriptor.Marshaller<StringValue> LATIN = new MethodDescriptor.Marshaller<>() {
        @Override
        public InputStream stream(StringValue value) {
            return new ByteArrayInputStream(value.getValue().getBytes(StandardCharsets.ISO_8859_1));
        }

        @Override
        public StringValue parse(InputStream stream) {
            return StringValue.getDefaultInstance();
        }
    };

    private static final long BOUND_SECONDS = 20;

    private final HttpServer http = HttpServer.open(Limits.DEFAULT, _ -> Optional.empty());
    final GrpcListener listener;
    private final ManagedChannel channel;

    /** What a call came to. */
    record Outcome(Status status, String answer) {
        Status.Code code() {
            return status.getCode();
        }
    }

    /** A call under way. */
    record Going(ClientCall<StringValue, StringValue> call, CompletableFuture<Outcome> end) {
        Outcome outcome() throws Exception {
            return end.get(BOUND_SECONDS, TimeUnit.SECONDS);
        }
    }

    TestCalls(GrpcLimits limits, UnaryHandler<StringValue, StringValue> handler) {
        listener = GrpcListener.listen(http, "127.0.0.1", 0, List.of(new UnaryMethod<>(SAY, handler)), limits);
        channel = NettyChannelBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), port()))
                .usePlaintext()
                .build();
    }

    int port() {
        return listener.port();
    }

    /** A connection by hand. Reading gives up in time. */
    Socket socket() throws Exception {
        var socket = new Socket(InetAddress.getLoopbackAddress(), port());
        socket.setSoTimeout((int) Duration.ofSeconds(BOUND_SECONDS).toMillis());
        return socket;
    }

    Outcome says(String text) throws Exception {
        return begins(SAY, text, new Metadata()).outcome();
    }

    Going begins(String text) {
        return begins(SAY, text, new Metadata());
    }

    Going begins(MethodDescriptor<StringValue, StringValue> method, String text, Metadata metadata) {
        var going = opens(method, metadata);
        going.call().sendMessage(StringValue.of(text));
        going.call().halfClose();
        return going;
    }

    Going compresses(String text) {
        var going = opens(SAY, new Metadata(), CallOptions.DEFAULT.withCompression("gzip"));
        going.call().setMessageCompression(true);
        going.call().sendMessage(StringValue.of(text));
        going.call().halfClose();
        return going;
    }

    /** Sends the headers and no message. */
    Going opens(MethodDescriptor<StringValue, StringValue> method, Metadata metadata) {
        return opens(method, metadata, CallOptions.DEFAULT);
    }

    private Going opens(MethodDescriptor<StringValue, StringValue> method, Metadata metadata, CallOptions options) {
        var call = channel.newCall(method, options);
        var end = new CompletableFuture<Outcome>();
        call.start(
                new ClientCall.Listener<>() {
                    private String answer = "";

                    @Override
                    public void onMessage(StringValue message) {
                        answer = message.getValue();
                    }

                    @Override
                    public void onClose(Status status, Metadata trailers) {
                        end.complete(new Outcome(status, answer));
                    }
                },
                metadata);
        call.request(2);
        return new Going(call, end);
    }

    @Override
    public void close() {
        channel.shutdownNow();
        listener.close();
        http.close();
    }
}
