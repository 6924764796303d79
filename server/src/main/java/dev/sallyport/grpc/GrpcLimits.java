package dev.sallyport.grpc;

import java.time.Duration;

/**
 * Bounds on everything that comes in over gRPC.
 *
 * @param messageBytes of one message, after decompression
 * @param metadataBytes of the headers of one call
 * @param connections at once
 * @param callsOfConnection at once, of one connection
 * @param calls at once, of all connections: each may hold a message
 * @param handshake in which a new connection must say that it speaks HTTP/2
 * @param callTime from the headers of a call until its answer is taken
 * @param idle after which a connection without calls is told to go
 * @param resets that one connection may send in {@code resetWindow}; each costs a call that nobody hears the answer of
 */
public record GrpcLimits(
        int messageBytes,
        int metadataBytes,
        int connections,
        int callsOfConnection,
        int calls,
        Duration handshake,
        Duration callTime,
        Duration idle,
        int resets,
        Duration resetWindow) {

    /** A gateway has a connection or a few for each of its threads, and gives up on many calls at once when it is in a hurry. */
    public static final GrpcLimits DEFAULT = new GrpcLimits(
            128 << 10,
            16 << 10,
            2_000,
            256,
            4_096,
            Duration.ofSeconds(10),
            Duration.ofSeconds(10),
            Duration.ofMinutes(10),
            2_000,
            Duration.ofSeconds(10));
}
