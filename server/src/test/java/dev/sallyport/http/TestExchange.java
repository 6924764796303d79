package dev.sallyport.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** An exchange by hand. Its event loop is the thread that calls; headers may be added before it is used. */
public final class TestExchange implements Exchange {

    private record Header(String name, String value) {}

    private final Map<String, String> pathParameters;
    private final List<Header> headers = new ArrayList<>();
    private final List<Response> replies = new CopyOnWriteArrayList<>();

    public TestExchange() {
        this(Map.of());
    }

    public TestExchange(Map<String, String> pathParameters) {
        this.pathParameters = pathParameters;
    }

    public TestExchange with(String name, String value) {
        headers.add(new Header(name, value));
        return this;
    }

    /** The one answer that was given. */
    public Reply reply() {
        if (replies.size() != 1) {
            throw new AssertionError("answers: " + replies);
        }
        return (Reply) replies.getFirst();
    }

    @Override
    public String method() {
        return "GET";
    }

    @Override
    public String path() {
        return "/";
    }

    @Override
    public String rawQuery() {
        return "";
    }

    @Override
    public String pathParameter(String name) {
        return pathParameters.getOrDefault(name, "");
    }

    @Override
    public List<String> headers(String name) {
        return headers.stream()
                .filter(header -> header.name().equalsIgnoreCase(name))
                .map(Header::value)
                .toList();
    }

    @Override
    public @Nullable String header(String name) {
        var values = headers(name);
        return values.isEmpty() ? null : values.getFirst();
    }

    @Override
    public String peer() {
        return "192.0.2.1";
    }

    @Override
    public String clientAddress() {
        return "192.0.2.1";
    }

    @Override
    public Executor loop() {
        return Runnable::run;
    }

    @Override
    public void answer(Response response) {
        replies.add(response);
    }
}
