package dev.sallyport.audit;

import dev.sallyport.http.Method;
import dev.sallyport.http.Query;
import dev.sallyport.http.Request;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** A request as the server would hand it on. */
record FakeRequest(Method method, Map<String, String> sent, String json) implements Request {

    static FakeRequest get(Map<String, String> query) {
        return new FakeRequest(Method.GET, query, "");
    }

    static FakeRequest post(String json) {
        return new FakeRequest(Method.POST, Map.of(), json);
    }

    @Override
    public String path() {
        return "/api/v2/audit/events";
    }

    @Override
    public String pathParameter(String name) {
        throw new AssertionError("there are none");
    }

    @Override
    public Query query() {
        var parameters = new LinkedHashMap<String, List<String>>();
        sent.forEach((name, value) -> parameters.put(name, List.of(value)));
        return new Query(parameters);
    }

    @Override
    public String header(String name) {
        return name.equals("Content-Length") ? String.valueOf(json.length()) : "";
    }

    @Override
    public String clientAddress() {
        return "192.0.2.7";
    }

    @Override
    public <T> T body(Class<T> type) {
        return JsonMapper.shared().readValue(json, type);
    }

    @Override
    public Query form() {
        return new Query(Map.of());
    }

    @Override
    public byte[] bytes() {
        return json.getBytes(StandardCharsets.UTF_8);
    }
}
