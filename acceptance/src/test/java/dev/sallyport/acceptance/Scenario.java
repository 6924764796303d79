package dev.sallyport.acceptance;

import java.util.HashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A script of {@code acceptance/client}, run with node: JSON in, JSON out. */
final class Scenario {

    private Scenario() {}

    static JsonNode run(String script, Map<String, String> input) {
        var finished = Program.of(
                        "node", Project.file("acceptance/client/" + script).toString())
                .reading(JsonMapper.shared().writeValueAsString(input))
                .run()
                .succeeded();
        return JsonMapper.shared().readTree(finished.out());
    }

    static JsonNode run(String script, RunningServer server, Store store) {
        return run(script, server, store, Map.of());
    }

    /** @param more what only this script is told */
    static JsonNode run(String script, RunningServer server, Store store, Map<String, String> more) {
        var input = new HashMap<>(more);
        input.put("url", server.url());
        input.put("token", store.token());
        input.put("apiKey", store.apiKey());
        input.put("applicationKey", store.applicationKey());
        input.put("admin", store.admin());
        return run(script, input);
    }
}
