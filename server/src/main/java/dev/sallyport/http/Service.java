package dev.sallyport.http;

/** What all event loops of one listener share. */
record Service(
        RouteTable table,
        Gate gate,
        ClientHop hop,
        Limits limits,
        Workers workers,
        BodyRoom room,
        Json json,
        Renderer renderer,
        Failures failures) {}
