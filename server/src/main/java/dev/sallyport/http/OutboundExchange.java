package dev.sallyport.http;

import dev.sallyport.http.Outbound.Reason;
import dev.sallyport.http.Outbound.Result;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.RequestOptions;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** One call under way: everything but {@link #await} happens on its event loop. */
final class OutboundExchange {

    private final int mostBytes;
    private final CompletableFuture<Result> result = new CompletableFuture<>();
    private final Buffer body = Buffer.buffer();
    private volatile @Nullable HttpClientRequest request;

    OutboundExchange(int mostBytes) {
        this.mostBytes = mostBytes;
    }

    void begin(HttpClient client, RequestOptions options, String sent) {
        client.request(options)
                .onSuccess(opened -> send(opened, sent))
                .onFailure(failure -> end(new Result.Unreachable(reason(failure, Reason.CANNOT_CONNECT))));
    }

    private void send(HttpClientRequest opened, String sent) {
        request = opened;
        if (result.isDone()) {
            cut();
            return;
        }
        opened.exceptionHandler(this::broken);
        opened.send(Buffer.buffer(sent)).onSuccess(this::received).onFailure(this::broken);
    }

    private void received(HttpClientResponse response) {
        response.exceptionHandler(this::broken);
        response.handler(this::take);
        response.endHandler(_ -> end(new Result.Answered(
                response.statusCode(),
                response.headers().entries().stream()
                        .map(header -> new Reply.Header(header.getKey(), header.getValue()))
                        .toList(),
                body.toString(StandardCharsets.UTF_8))));
        var length = response.getHeader(HttpHeaders.CONTENT_LENGTH);
        if (length != null && length.length() > String.valueOf(mostBytes).length()) {
            tooLarge();
        }
    }

    private void take(Buffer part) {
        if (body.length() + part.length() > mostBytes) {
            tooLarge();
        } else {
            body.appendBuffer(part);
        }
    }

    private void tooLarge() {
        end(new Result.Unreachable(Reason.ANSWER_TOO_LARGE));
        cut();
    }

    private void broken(Throwable failure) {
        end(new Result.Unreachable(reason(failure, Reason.BROKEN_ANSWER)));
    }

    private static Reason reason(Throwable failure, Reason otherwise) {
        var cause = failure;
        while (cause != null) {
            if (cause instanceof SSLException) {
                return Reason.ENCRYPTION_FAILED;
            }
            cause = cause.getCause();
        }
        return otherwise;
    }

    private void end(Result reached) {
        result.complete(reached);
    }

    private void cut() {
        var opened = request;
        if (opened != null) {
            opened.reset();
        }
    }

    /** Ends the call when the time is up. */
    Result await(Duration patience) {
        try {
            return result.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException _) {
            end(new Result.Unreachable(Reason.TIMED_OUT));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            end(new Result.Unreachable(Reason.CLOSED));
        } catch (ExecutionException defect) {
            throw new IllegalStateException("a call never ends with an exception", defect);
        }
        cut();
        return result.join();
    }
}
