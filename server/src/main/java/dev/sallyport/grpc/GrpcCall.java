package dev.sallyport.grpc;

import java.util.List;
import java.util.concurrent.Executor;

/** One call, whose message is here. */
public interface GrpcCall<A> {

    /** The values of a piece of metadata, one for each time it was sent. The name is in lower case. */
    List<String> metadata(String name);

    /** The address of the other end of the connection. */
    String peer();

    /** Runs tasks on the event loop of this call; the same object for all calls of one loop. */
    Executor loop();

    /** Answers; called once, on the event loop. Whoever has gone or was cut off does not hear it. */
    void answer(A message);
}
