package dev.sallyport.bench;

import io.envoyproxy.envoy.config.core.v3.Address;
import io.envoyproxy.envoy.config.core.v3.SocketAddress;
import io.envoyproxy.envoy.service.auth.v3.AttributeContext;
import io.envoyproxy.envoy.service.auth.v3.AuthorizationGrpc;
import io.envoyproxy.envoy.service.auth.v3.CheckRequest;
import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** Keeps so many checks under way over one connection, as a gateway's worker does. */
final class GrpcLoad {

    /** An empty status, then the beginning of {@code ok_response}: its fields are 1 and 3 of the answer. */
    private static final byte[] ALLOWED = {0x0A, 0x00, 0x1A};

    /** Nothing is taken apart here: a generator that reads every header costs more than the server that wrote them. */
    private static final MethodDescriptor.Marshaller<byte[]> BYTES = new MethodDescriptor.Marshaller<>() {
        @Override
        public InputStream stream(byte[] message) {
            return new ByteArrayInputStream(message);
        }

        @Override
        public byte[] parse(InputStream stream) {
            try {
                return stream.readAllBytes();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    };

    private static final int CHANNELS = 2;
    private static final long MOST_FAILURES = 20;

    private final List<byte[]> requests;
    private final List<ManagedChannel> channels = new ArrayList<>();
    private final MethodDescriptor<byte[], byte[]> method;
    private final byte[] beginning;
    private final AtomicLong answered = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();
    private volatile boolean isOver;

    private GrpcLoad(int port, boolean isEcho, List<byte[]> requests) {
        this.method = MethodDescriptor.<byte[], byte[]>newBuilder(BYTES, BYTES)
                .setType(MethodDescriptor.MethodType.UNARY)
                .setFullMethodName((isEcho ? GrpcEcho.METHOD : AuthorizationGrpc.getCheckMethod()).getFullMethodName())
                .build();
        this.beginning = isEcho ? new byte[0] : ALLOWED;
        this.requests = requests;
        for (var i = 0; i < CHANNELS; i++) {
            channels.add(NettyChannelBuilder.forAddress("127.0.0.1", port)
                    .usePlaintext()
                    .directExecutor()
                    .build());
        }
    }

    /** Arguments: port, process to watch, calls under way, warm-up seconds, seconds, token file, tokens to use, check or echo. */
    public static void main(String[] arguments) throws IOException {
        var pid = Long.parseLong(arguments[1]);
        var requests = requests(Path.of(arguments[5]), Integer.parseInt(arguments[6]));
        var load = new GrpcLoad(Integer.parseInt(arguments[0]), arguments[7].equals("echo"), requests);
        var underWay = Integer.parseInt(arguments[2]);
        for (var i = 0; i < underWay; i++) {
            load.ask(load.channels.get(i % CHANNELS));
        }
        pause(Integer.parseInt(arguments[3]));
        System.out.println(
                "load " + load.measure(Integer.parseInt(arguments[4]), pid).toLine());
        load.close();
    }

    private static List<byte[]> requests(Path file, int most) throws IOException {
        var tokens = Files.readAllBytes(file);
        var requests = new ArrayList<byte[]>();
        for (var i = 0; i < Math.min(most, tokens.length / TokenFill.TOKEN_BYTES); i++) {
            var token = new String(tokens, i * TokenFill.TOKEN_BYTES, TokenFill.TOKEN_BYTES, StandardCharsets.US_ASCII);
            requests.add(request(Calls.PATHS.get(i % Calls.PATHS.size()), token).toByteArray());
        }
        return requests;
    }

    private static CheckRequest request(String path, String token) {
        var http = AttributeContext.HttpRequest.newBuilder()
                .setMethod("GET")
                .setPath(path)
                .setHost("api.example.com")
                .setScheme("https")
                .setProtocol("HTTP/1.1")
                .putHeaders("authorization", "Bearer " + token)
                .putHeaders("accept", "application/json")
                .putHeaders("x-request-id", "0f2b8c1c-4d5e-4f70-8192-a3b4c5d6e7f8");
        var peer = AttributeContext.Peer.newBuilder()
                .setAddress(Address.newBuilder()
                        .setSocketAddress(SocketAddress.newBuilder().setAddress("198.51.100.7")));
        return CheckRequest.newBuilder()
                .setAttributes(AttributeContext.newBuilder()
                        .setSource(peer)
                        .setRequest(AttributeContext.Request.newBuilder().setHttp(http))
                        .putContextExtensions("sallyport_api", "datadog"))
                .build();
    }

    private LoadResult measure(int seconds, long pid) {
        var own = ProcessHandle.current().pid();
        var serverBefore = Cpu.micros(pid);
        var ownBefore = Cpu.micros(own);
        var before = answered.get();
        var begin = System.nanoTime();
        pause(seconds);
        var nanos = System.nanoTime() - begin;
        return new LoadResult(
                answered.get() - before,
                failed.get(),
                nanos,
                Cpu.micros(pid) - serverBefore,
                Cpu.micros(own) - ownBefore,
                0,
                0,
                0,
                0);
    }

    private static void pause(int seconds) {
        var end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        for (var left = end - System.nanoTime(); left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    private void ask(ManagedChannel channel) {
        if (isOver) {
            return;
        }
        var request = requests.get(ThreadLocalRandom.current().nextInt(requests.size()));
        ClientCalls.asyncUnaryCall(channel.newCall(method, CallOptions.DEFAULT), request, new StreamObserver<>() {
            @Override
            public void onNext(byte[] answer) {
                if (Arrays.mismatch(beginning, 0, beginning.length, answer, 0, beginning.length) >= 0) {
                    fail("a check was not allowed");
                }
            }

            @Override
            public void onError(Throwable failure) {
                if (!isOver) {
                    fail(String.valueOf(failure.getMessage()));
                }
            }

            @Override
            public void onCompleted() {
                answered.incrementAndGet();
                ask(channel);
            }
        });
    }

    private void fail(String what) {
        if (failed.incrementAndGet() == MOST_FAILURES) {
            System.err.println("more than " + MOST_FAILURES + " checks failed; the last: " + what);
            System.exit(1);
        }
    }

    private void close() {
        isOver = true;
        channels.forEach(ManagedChannel::shutdownNow);
    }
}
