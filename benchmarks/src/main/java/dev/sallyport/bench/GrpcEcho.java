package dev.sallyport.bench;

import dev.sallyport.grpc.GrpcLimits;
import dev.sallyport.grpc.GrpcListener;
import dev.sallyport.grpc.UnaryMethod;
import dev.sallyport.http.HttpServer;
import dev.sallyport.http.Limits;
import io.envoyproxy.envoy.service.auth.v3.CheckRequest;
import io.grpc.MethodDescriptor;
import io.grpc.protobuf.ProtoUtils;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/** A bare server that gives back the message of a check, with the listener of the measured one: what gRPC alone costs here. */
final class GrpcEcho {

    static final MethodDescriptor<CheckRequest, CheckRequest> METHOD =
            MethodDescriptor.<CheckRequest, CheckRequest>newBuilder()
                    .setType(MethodDescriptor.MethodType.UNARY)
                    .setFullMethodName("dev.sallyport.bench.Echo/Echo")
                    .setRequestMarshaller(ProtoUtils.marshaller(CheckRequest.getDefaultInstance()))
                    .setResponseMarshaller(ProtoUtils.marshaller(CheckRequest.getDefaultInstance()))
                    .build();

    private GrpcEcho() {}

    public static void main(String[] arguments) throws InterruptedException {
        var http = HttpServer.open(Limits.DEFAULT, _ -> Optional.empty());
        UnaryMethod<CheckRequest, CheckRequest> echo =
                new UnaryMethod<>(METHOD, (message, call) -> call.answer(message));
        var listener = GrpcListener.listen(http, "127.0.0.1", 0, List.of(echo), GrpcLimits.DEFAULT);
        System.out.println("echo ready " + listener.port());
        new CountDownLatch(1).await();
    }
}
