package dev.sallyport.http;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** A request by hand, for handlers that are called without a server. Each {@code with} gives another request. */
public record FakeRequest(
        Method method,
        String path,
        Map<String, String> pathParameters,
        Query query,
        Map<String, String> headers,
        String clientAddress,
        @Nullable String json,
        Query form)
        implements Request {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private static final Query NOTHING = new Query(Map.of());

    public static FakeRequest of(Method method, String path) {
        return new FakeRequest(method, path, Map.of(), NOTHING, Map.of(), "192.0.2.1", null, NOTHING);
    }

    public static FakeRequest get(String path) {
        return of(Method.GET, path);
    }

    public static FakeRequest post(String path, String json) {
        return of(Method.POST, path).withBody(json);
    }

    public FakeRequest withPathParameter(String name, String value) {
        return new FakeRequest(
                method, path, plus(pathParameters, name, value), query, headers, clientAddress, json, form);
    }

    /** Once more for each time it is called. */
    public FakeRequest withQuery(String name, String value) {
        return new FakeRequest(
                method, path, pathParameters, plus(query, name, value), headers, clientAddress, json, form);
    }

    public FakeRequest withHeader(String name, String value) {
        var more = plus(headers, name.toLowerCase(Locale.ROOT), value);
        return new FakeRequest(method, path, pathParameters, query, more, clientAddress, json, form);
    }

    public FakeRequest withBody(String body) {
        return new FakeRequest(method, path, pathParameters, query, headers, clientAddress, body, form);
    }

    public FakeRequest withField(String name, String value) {
        return new FakeRequest(
                method, path, pathParameters, query, headers, clientAddress, json, plus(form, name, value));
    }

    @Override
    public String pathParameter(String name) {
        var value = pathParameters.get(name);
        if (value == null) {
            throw new IllegalArgumentException("the template has no parameter named " + name);
        }
        return value;
    }

    @Override
    public String header(String name) {
        return headers.getOrDefault(name.toLowerCase(Locale.ROOT), "");
    }

    @Override
    public <T> T body(Class<T> type) {
        try {
            return JSON.readValue(json == null ? "" : json, type);
        } catch (JacksonException e) {
            throw new BadInput("invalid_body", "The body is not of the expected shape.");
        }
    }

    @Override
    public byte[] bytes() {
        return (json == null ? "" : json).getBytes(StandardCharsets.UTF_8);
    }

    private static Map<String, String> plus(Map<String, String> map, String name, String value) {
        var more = new LinkedHashMap<>(map);
        more.put(name, value);
        return more;
    }

    private static Query plus(Query query, String name, String value) {
        var more = new LinkedHashMap<>(query.parameters());
        var values = new ArrayList<>(query.all(name));
        values.add(value);
        more.put(name, List.copyOf(values));
        return new Query(more);
    }
}
