/**
 * gRPC: a listener for unary methods beside those of HTTP, on the same event loops, and its limits. The only place that knows
 * the gRPC server library; {@link dev.sallyport.grpc.GrpcListener} is the way in.
 *
 * <p>A {@link dev.sallyport.grpc.UnaryHandler} runs on an event loop and must not block. A call that is not answered in time is
 * ended here, whoever is late. Nothing here decides, and nothing here knows what the messages mean.
 */
@NullMarked
package dev.sallyport.grpc;

import org.jspecify.annotations.NullMarked;
