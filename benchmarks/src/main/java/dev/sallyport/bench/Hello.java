package dev.sallyport.bench;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.SocketAddress;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A bare server that says hello, with the library and the options of the measured one: what HTTP alone costs here. */
final class Hello {

    private Hello() {}

    public static void main(String[] arguments) throws Exception {
        var loops = Math.max(2, Runtime.getRuntime().availableProcessors());
        var vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(loops).setDisableTCCL(true));
        var ports = new ConcurrentLinkedQueue<Integer>();
        vertx.deployVerticle(
                        () -> context -> listen(context.owner()).onSuccess(ports::add),
                        new DeploymentOptions().setInstances(loops))
                .toCompletionStage()
                .toCompletableFuture()
                .get();
        System.out.println("hello ready " + ports.element());
    }

    private static Future<Integer> listen(Vertx vertx) {
        return vertx.createHttpServer(
                        new HttpServerOptions().setAcceptBacklog(1_024).setHttp2ClearTextEnabled(false))
                .requestHandler(request -> request.response().end("hello"))
                .listen(SocketAddress.sharedRandomPort(1, "127.0.0.1"))
                .map(HttpServer::actualPort);
    }
}
