package dev.sallyport.grpc;

/** Answers on the event loop that the call came in on. Must not block, and may answer later, on the same loop. */
public interface UnaryHandler<Q, A> {
    void handle(Q message, GrpcCall<A> call);
}
