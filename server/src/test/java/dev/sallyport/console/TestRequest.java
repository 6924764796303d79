package dev.sallyport.console;

import dev.sallyport.http.Method;
import dev.sallyport.http.Query;
import dev.sallyport.http.Request;
import java.util.List;
import java.util.Map;

/** A request to the setup page. */
record TestRequest(Method method, String accept, Query query, Query form) implements Request {

    static final String ADDRESS = "203.0.113.7";

    private static final Query NOTHING = new Query(Map.of());

    static TestRequest get(String name, String value) {
        return new TestRequest(Method.GET, "text/html", new Query(Map.of(name, List.of(value))), NOTHING);
    }

    static TestRequest post(String accept, String name, String value) {
        return new TestRequest(Method.POST, accept, NOTHING, new Query(Map.of(name, List.of(value))));
    }

    @Override
    public String path() {
        return "/setup";
    }

    @Override
    public String pathParameter(String name) {
        throw new IllegalStateException("the route has no parameter");
    }

    @Override
    public String header(String name) {
        return name.equals("Accept") ? accept : "";
    }

    @Override
    public String clientAddress() {
        return ADDRESS;
    }

    @Override
    public <T> T body(Class<T> type) {
        throw new IllegalStateException("the route takes a form");
    }

    @Override
    public byte[] bytes() {
        throw new IllegalStateException("the route takes a form");
    }
}
