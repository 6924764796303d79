package dev.sallyport.http;

import dev.sallyport.http.Gate.Admission;
import dev.sallyport.identity.Caller;
import java.util.function.Consumer;
import java.util.function.Function;

/** The way of one request: matched, admitted, read, handled, answered. */
final class Dispatch {

    private final Service service;

    Dispatch(Service service) {
        this.service = service;
    }

    /** Called on the event loop. */
    void begin(SocketExchange exchange) {
        guarded(exchange, () -> {
            switch (service.table().match(exchange.method(), exchange.path())) {
                case RouteTable.Match.Found found -> {
                    exchange.found(found);
                    exchange.body()
                            .allow(found.route().bodyBytes(service.limits().bodyBytes()));
                    serve(found.route(), exchange);
                }
                case RouteTable.Match.OtherMethods(var allowed) ->
                    exchange.respond(new Problem(405, "method_not_allowed", "This path takes " + allowed + ".")
                            .with("Allow", allowed));
                case RouteTable.Match.Nothing _ -> exchange.respond(Problem.notFound("There is nothing at this path."));
            }
        });
    }

    private void serve(Route route, SocketExchange exchange) {
        switch (route.target()) {
            case Route.Target.OnLoop(var handler) -> {
                exchange.body().discard();
                handler.handle(exchange);
            }
            case Route.Target.Open(var handler) ->
                receive(exchange, bytes -> hand(route, exchange, bytes, handler::handle));
            case Route.Target.Signed(var handler) -> {
                exchange.body().hold();
                service.gate()
                        .admit(
                                route,
                                exchange,
                                admission -> guarded(exchange, () -> {
                                    switch (admission) {
                                        case Admission.Admitted(var caller, var headers) -> {
                                            exchange.admitted(headers);
                                            receive(route, exchange, caller, handler);
                                        }
                                        case Admission.Refused(var response) -> exchange.respond(response);
                                    }
                                }));
            }
        }
    }

    private void receive(Route route, SocketExchange exchange, Caller caller, Handler handler) {
        var isWaitedFor = exchange.body().isPending();
        receive(exchange, bytes -> {
            switch (isWaitedFor ? again(route, exchange, caller) : new Admission.Admitted(caller)) {
                case Admission.Admitted(var now, var _) ->
                    hand(route, exchange, bytes, request -> handler.handle(now, request));
                case Admission.Refused(var response) -> {
                    service.room().release(bytes.length);
                    exchange.respond(response);
                }
            }
        });
    }

    /** A gate that fails lets nobody in. */
    private Admission again(Route route, SocketExchange exchange, Caller caller) {
        try {
            return service.gate().again(route, exchange, caller);
        } catch (RuntimeException thrown) {
            return new Admission.Refused(service.failures().problem(thrown, route.operation()));
        }
    }

    private void hand(Route route, SocketExchange exchange, byte[] bytes, Function<Request, Response> handler) {
        if (!service.workers().offer(() -> work(route, exchange, bytes, handler))) {
            service.room().release(bytes.length);
            exchange.respond(busy());
        }
    }

    private static void receive(SocketExchange exchange, Consumer<byte[]> then) {
        exchange.body().read(new RequestBody.Receiver() {
            @Override
            public void whole(byte[] bytes) {
                then.accept(bytes);
            }

            @Override
            public void refused(Problem problem) {
                exchange.respond(problem);
            }
        });
    }

    /** On a worker. What is left to the event loop is only to write the bytes. */
    private void work(Route route, SocketExchange exchange, byte[] bytes, Function<Request, Response> handler) {
        try {
            if (!exchange.isGone()) {
                var rendered = answer(route, exchange, bytes, handler);
                exchange.loop().execute(() -> exchange.send(rendered));
            }
        } finally {
            service.room().release(bytes.length);
        }
    }

    private Rendered answer(Route route, SocketExchange exchange, byte[] bytes, Function<Request, Response> handler) {
        var surface = Surface.of(exchange.path());
        try {
            var request = new ReceivedRequest(
                    route.method(),
                    exchange,
                    exchange.rawQuery(),
                    bytes,
                    service.json(),
                    route.bodyBytes(service.limits().bodyBytes()));
            return service.renderer().render(handler.apply(request), surface);
        } catch (RuntimeException | Error thrown) {
            return service.renderer().render(service.failures().problem(thrown, route.operation()), surface);
        }
    }

    private static void guarded(SocketExchange exchange, Runnable step) {
        try {
            step.run();
        } catch (RuntimeException | Error thrown) {
            exchange.fail(thrown);
        }
    }

    static Problem busy() {
        return new Problem(503, "busy", "The server is busy; try again in a moment.").with("Retry-After", "1");
    }
}
