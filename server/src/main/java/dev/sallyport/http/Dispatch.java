package dev.sallyport.http;

import dev.sallyport.http.Gate.Admission;
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
            case Route.Target.Open(var handler) -> receive(route, exchange, handler::handle);
            case Route.Target.Signed(var handler) -> {
                exchange.body().hold();
                service.gate()
                        .admit(
                                route,
                                exchange,
                                admission -> guarded(exchange, () -> {
                                    switch (admission) {
                                        case Admission.Admitted(var caller) ->
                                            receive(route, exchange, request -> handler.handle(caller, request));
                                        case Admission.Refused(var response) -> exchange.respond(response);
                                    }
                                }));
            }
        }
    }

    private void receive(Route route, SocketExchange exchange, Function<Request, Response> handler) {
        exchange.body().read(new RequestBody.Receiver() {
            @Override
            public void whole(byte[] bytes) {
                var accepted = service.workers().offer(() -> work(route, exchange, bytes, handler));
                if (!accepted) {
                    service.room().release(bytes.length);
                    exchange.respond(busy());
                }
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
                    service.limits().bodyBytes());
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
