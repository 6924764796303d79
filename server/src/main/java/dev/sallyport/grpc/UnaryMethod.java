package dev.sallyport.grpc;

import io.grpc.MethodDescriptor;

/** A method that takes one message and gives one: what the published stub calls it, and what answers. */
public record UnaryMethod<Q, A>(MethodDescriptor<Q, A> descriptor, UnaryHandler<Q, A> handler) {

    public UnaryMethod {
        if (descriptor.getType() != MethodDescriptor.MethodType.UNARY) {
            throw new IllegalArgumentException(descriptor.getFullMethodName() + " is not unary");
        }
    }

    /** One whose answers are encoded by whoever gives them. */
    public static <Q> UnaryMethod<Q, byte[]> encoded(
            MethodDescriptor<Q, ?> published, UnaryHandler<Q, byte[]> handler) {
        return new UnaryMethod<>(
                published.toBuilder(published.getRequestMarshaller(), Encoded.MESSAGES)
                        .build(),
                handler);
    }
}
