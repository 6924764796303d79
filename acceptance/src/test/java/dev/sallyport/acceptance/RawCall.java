package dev.sallyport.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A request written byte by byte, because client libraries correct what an attacker would send. */
final class RawCall {

    private static final int PATIENCE_MILLIS = 20_000;

    private RawCall() {}

    /** @param head the status line and the headers as they came */
    record Answer(int status, String head, String body) {

        /** The value of the first header of that name; empty if there is none. */
        String header(String name) {
            return head.lines()
                    .filter(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1))
                    .map(line -> line.substring(name.length() + 1).strip())
                    .findFirst()
                    .orElse("");
        }
    }

    /** Sends {@code requestLine} (without the version) with these headers; {@code Host} and {@code Connection} are added. */
    static Answer send(int port, String requestLine, List<String> headers) {
        return send(port, "127.0.0.1", requestLine, headers, "");
    }

    /** @param from an address of loopback to call from */
    static Answer send(int port, String from, String requestLine, List<String> headers, String body) {
        var request = new StringBuilder(requestLine).append(" HTTP/1.1\r\nHost: api.example.com\r\n");
        headers.forEach(header -> request.append(header).append("\r\n"));
        if (headers.stream().noneMatch(header -> header.startsWith("Connection:"))) {
            request.append("Connection: close\r\n");
        }
        if (!body.isEmpty()) {
            request.append("Content-Length: ")
                    .append(body.getBytes(StandardCharsets.UTF_8).length)
                    .append("\r\n");
        }
        request.append("\r\n").append(body);
        try (var socket = new Socket()) {
            socket.bind(new InetSocketAddress(InetAddress.getByName(from), 0));
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), PATIENCE_MILLIS);
            socket.getOutputStream().write(request.toString().getBytes(StandardCharsets.UTF_8));
            return answer(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Answer answer(String text) {
        var end = text.indexOf("\r\n\r\n");
        if (end < 0 || !text.startsWith("HTTP/1.1 ")) {
            throw new AssertionError("no answer: " + text);
        }
        return new Answer(Integer.parseInt(text, 9, 12, 10), text.substring(0, end), text.substring(end + 4));
    }
}
