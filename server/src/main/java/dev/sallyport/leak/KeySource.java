package dev.sallyport.leak;

import dev.sallyport.http.Method;
import dev.sallyport.http.Outbound;
import dev.sallyport.http.OutboundRequest;
import dev.sallyport.http.Reply;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Fetches what is published at an address. Follows no redirects, and gives up after seconds. */
public interface KeySource {

    /** @throws IOException unless it was all there, in at most so many bytes */
    byte[] fetch(URI address, int mostBytes) throws IOException;

    /** Within the limits of that client. */
    static KeySource over(Outbound outbound) {
        return (address, mostBytes) -> {
            var request = new OutboundRequest(
                    Method.GET, address.toString(), List.of(new Reply.Header("Accept", "application/json")), "");
            return switch (outbound.send(request)) {
                case Outbound.Result.Answered(var status, var _, var body) -> {
                    var bytes = body.getBytes(StandardCharsets.UTF_8);
                    if (status != 200 || bytes.length > mostBytes) {
                        throw new IOException("answered " + status + " with " + bytes.length + " bytes");
                    }
                    yield bytes;
                }
                case Outbound.Result.Unreachable(var reason) -> throw new IOException("unreachable: " + reason);
            };
        };
    }
}
