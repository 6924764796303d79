package dev.sallyport.http;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import io.vertx.core.net.TrustOptions;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The one way in which this program calls others.
 *
 * <p>{@code https} to public addresses only. A name is looked up once, all of its addresses are judged, and the connection goes
 * to a judged one, so that a name that changes its mind meanwhile leads nowhere else. The certificate must be that of the name.
 * Redirects are answers like any other; proxies of the environment are not asked; every call is bounded in time and size.
 */
public final class Outbound implements AutoCloseable {

    /** How a call ended. */
    public sealed interface Result {
        /** @param body read as UTF-8 */
        record Answered(int status, List<Reply.Header> headers, String body) implements Result {
            public Answered {
                headers = List.copyOf(headers);
            }
        }

        record Unreachable(Reason reason) implements Result {}
    }

    /** Why there is no answer. */
    public enum Reason {
        MALFORMED_URL,
        /** Plain {@code http} is for loopback, and only where the operator allows it. */
        NOT_ENCRYPTED,
        UNKNOWN_NAME,
        ADDRESS_NOT_PUBLIC,
        CANNOT_CONNECT,
        ENCRYPTION_FAILED,
        BROKEN_ANSWER,
        ANSWER_TOO_LARGE,
        TIMED_OUT,
        CLOSED
    }

    /** Where the addresses of a name come from. */
    interface Names {
        InetAddress[] addresses(String host) throws UnknownHostException;
    }

    private static final int MOST_CONNECTIONS = 64;
    private static final int LOOKUPS_AT_ONCE = 16;
    private static final int WAITING_LOOKUPS = 64;
    private static final Duration END = Duration.ofSeconds(5);

    private final OutboundLimits limits;
    private final Set<String> allowed;
    private final Names names;
    private final ThreadPoolExecutor lookups;
    private final Vertx vertx;
    private final HttpClient client;

    private Outbound(OutboundLimits limits, Set<String> allowed, Names names, @Nullable TrustOptions trust) {
        this.limits = limits;
        this.allowed = allowed.stream()
                .map(entry -> allowance(entry)
                        .orElseThrow(() -> new IllegalArgumentException("must be HOST:PORT, not '" + entry + "'")))
                .collect(Collectors.toUnmodifiableSet());
        this.names = names;
        lookups = new ThreadPoolExecutor(
                LOOKUPS_AT_ONCE,
                LOOKUPS_AT_ONCE,
                60,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(WAITING_LOOKUPS),
                Thread.ofPlatform().name("lookup-", 1).daemon().factory());
        lookups.allowCoreThreadTimeOut(true);
        vertx = Vertx.vertx(new VertxOptions()
                .setEventLoopPoolSize(1)
                .setWorkerPoolSize(1)
                .setInternalBlockingPoolSize(1)
                .setDisableTCCL(true)
                .setFileSystemOptions(
                        new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false)));
        client = vertx.createHttpClient(options(trust), new PoolOptions().setHttp1MaxSize(MOST_CONNECTIONS));
    }

    private HttpClientOptions options(@Nullable TrustOptions trust) {
        var options = new HttpClientOptions()
                .setProtocolVersion(HttpVersion.HTTP_1_1)
                .setVerifyHost(true)
                .setKeepAlive(false)
                .setDecompressionSupported(false)
                .setConnectTimeout((int) limits.connect().toMillis())
                .setMaxHeaderSize(limits.headerBytes());
        options.setSslHandshakeTimeout(limits.connect().toMillis()).setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS);
        return trust == null ? options : options.setTrustOptions(trust);
    }

    /**
     * @param allowed entries of HOST:PORT that may be reached although their address is not public, and at loopback also
     *     without encryption
     * @throws IllegalArgumentException if an entry is something else
     */
    public static Outbound open(OutboundLimits limits, Set<String> allowed) {
        return open(limits, allowed, InetAddress::getAllByName, null);
    }

    /** @param trust whose certificates are taken; null for those that the Java platform knows */
    static Outbound open(OutboundLimits limits, Set<String> allowed, Names names, @Nullable TrustOptions trust) {
        return new Outbound(limits, allowed, names, trust);
    }

    /** Whether an operator's text names one host and port: {@code hooks.internal:8443}, {@code [fd00::1]:443}. */
    public static boolean isAllowance(String text) {
        return allowance(text).isPresent();
    }

    private static Optional<String> allowance(String text) {
        var colon = text.lastIndexOf(':');
        return colon < 0 || text.indexOf('/') >= 0 || text.indexOf('?') >= 0 || text.endsWith("]")
                ? Optional.empty()
                : OutboundTarget.parse("https://" + text.toLowerCase(Locale.ROOT))
                        .map(OutboundTarget::hostAndPort);
    }

    /** Why a URL would be refused whatever its name leads to; empty if that has to be seen. Asks nobody. */
    public Optional<Reason> refusal(String url) {
        var parsed = OutboundTarget.parse(url);
        if (parsed.isEmpty()) {
            return Optional.of(Reason.MALFORMED_URL);
        }
        var target = parsed.get();
        if (!target.isEncrypted() && !isAllowed(target)) {
            return Optional.of(Reason.NOT_ENCRYPTED);
        }
        return target.isLiteral() ? refusal(target, List.of(InetAddress.ofLiteral(target.host()))) : Optional.empty();
    }

    private boolean isAllowed(OutboundTarget target) {
        return allowed.contains(target.hostAndPort());
    }

    private Optional<Reason> refusal(OutboundTarget target, List<InetAddress> addresses) {
        if (!target.isEncrypted() && !addresses.stream().allMatch(InetAddress::isLoopbackAddress)) {
            return Optional.of(Reason.NOT_ENCRYPTED);
        }
        // A name that leads to us as well as to the world would be a matter of luck.
        return isAllowed(target) || addresses.stream().allMatch(address -> isPublic(target, address))
                ? Optional.empty()
                : Optional.of(Reason.ADDRESS_NOT_PUBLIC);
    }

    private static boolean isPublic(OutboundTarget target, InetAddress address) {
        var bytes = address.getAddress();
        // Java reads an address of version 4 that is mapped into version 6 as the one of version 4.
        var isMapped = bytes.length == 4 && target.host().indexOf(':') >= 0;
        return !isMapped && PublicAddress.matches(bytes);
    }

    /** Sends the request and waits for the answer: for threads that may block, never for an event loop. */
    public Result send(OutboundRequest request) {
        var deadline = System.nanoTime() + limits.total().toNanos();
        var refused = refusal(request.url());
        if (refused.isPresent()) {
            return new Result.Unreachable(refused.get());
        }
        var target = OutboundTarget.parse(request.url()).orElseThrow();
        return switch (look(target)) {
            case Looked.Failed(var reason) -> new Result.Unreachable(reason);
            case Looked.Found(var address) ->
                exchange(target, address, request, Duration.ofNanos(Math.max(0, deadline - System.nanoTime())));
        };
    }

    private sealed interface Looked {
        record Found(InetAddress address) implements Looked {}

        record Failed(Reason reason) implements Looked {}
    }

    private Looked look(OutboundTarget target) {
        try {
            var addresses = List.of(lookups.submit(() -> names.addresses(target.host()))
                    .get(limits.total().toMillis(), TimeUnit.MILLISECONDS));
            return refusal(target, addresses)
                    .<Looked>map(Looked.Failed::new)
                    .orElseGet(() -> new Looked.Found(addresses.getFirst()));
        } catch (ExecutionException _) {
            return new Looked.Failed(Reason.UNKNOWN_NAME);
        } catch (TimeoutException _) {
            return new Looked.Failed(Reason.TIMED_OUT);
        } catch (RejectedExecutionException _) {
            return new Looked.Failed(lookups.isShutdown() ? Reason.CLOSED : Reason.TIMED_OUT);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return new Looked.Failed(Reason.CLOSED);
        }
    }

    private Result exchange(OutboundTarget target, InetAddress address, OutboundRequest request, Duration left) {
        var options = new RequestOptions()
                .setMethod(HttpMethod.valueOf(request.method().name()))
                .setSsl(target.isEncrypted())
                .setHost(target.hostInUrl())
                .setPort(target.port())
                .setServer(SocketAddress.inetSocketAddress(target.port(), address.getHostAddress()))
                .setURI(target.path())
                .setFollowRedirects(false)
                .setConnectTimeout(limits.connect().toMillis());
        Stream.concat(Stream.of(new Reply.Header("User-Agent", "Sallyport")), request.headers().stream())
                .forEach(header -> options.putHeader(header.name(), header.value()));
        var exchange = new OutboundExchange(limits.answerBytes());
        exchange.begin(client, options, request.body());
        return exchange.await(left);
    }

    /** Cuts off what is under way. */
    @Override
    public void close() {
        lookups.shutdownNow();
        try {
            vertx.close().toCompletionStage().toCompletableFuture().get(END.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException _) {
            // The threads are daemons: nothing is kept from ending by them.
        }
    }
}
