package dev.sallyport.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** Goes over all live credentials, page by page, for those whose calls look like another kind's. */
final class CredentialCheck {

    /** So many times two hundred credentials; a server that never says that it is done is left, too. */
    private static final int MOST_PAGES = 1_000;

    private static final int PAGE = 200;
    private static final String PATH = "/sallyport/v1/choose/check";

    private final Client client;
    private final Output output;

    private final List<JsonNode> findings = new ArrayList<>();
    private long checked;
    private boolean isCut;

    CredentialCheck(Client client, Output output) {
        this.client = client;
        this.output = output;
    }

    ExitCode run(int days, boolean isJson) {
        var page = fetch(days, "");
        for (var number = 1; number < MOST_PAGES && isFollowed(page); number++) {
            page = fetch(days, Json.text(page, "next_cursor"));
        }
        isCut = isFollowed(page);
        if (isJson) {
            output.json(json(page.path("window")));
        } else {
            show(page.path("window"));
        }
        return findings.isEmpty() ? ExitCode.DONE : ExitCode.FOUND;
    }

    private static boolean isFollowed(JsonNode page) {
        return !Json.text(page, "next_cursor").isEmpty();
    }

    private JsonNode fetch(int days, String cursor) {
        var page = client.get(PATH + "?days=" + days + "&limit=" + PAGE
                + (cursor.isEmpty() ? "" : "&cursor=" + Client.encoded(cursor)));
        findings.addAll(Json.items(page.path("findings")));
        checked += page.path("checked").asLong(0);
        return page;
    }

    private Map<String, Object> json(JsonNode window) {
        var json = new LinkedHashMap<String, Object>();
        json.put("window", window);
        json.put("checked", checked);
        json.put("is_complete", !isCut);
        json.put("findings", findings);
        return json;
    }

    private void show(JsonNode window) {
        for (var finding : findings) {
            output.line(
                    Output.Colour.RED,
                    Json.text(finding, "finding") + "  " + Json.text(finding, "credential") + "  "
                            + Json.text(finding, "name"));
            output.line(Json.text(finding, "explanation"));
            var facts = new Table()
                    .row("kind", Json.text(finding, "kind"))
                    .row("evidence", evidence(finding.path("evidence")));
            var advice = finding.path("advice");
            if (advice.isObject()) {
                facts.row("fits better", Json.text(advice, "best")).row("why", Json.text(advice, "reason"));
            }
            var onPlatform = Json.text(finding, "with_platform_identity", "best");
            if (!onPlatform.isEmpty()) {
                facts.row(
                        "on a platform",
                        onPlatform + "; until then " + Json.text(finding, "with_platform_identity", "use"));
            }
            output.facts(facts.row("next", Json.text(finding, "command")));
            output.line("");
        }
        output.line("Checked " + checked + " credentials over " + Json.text(window, "days") + " days: "
                + findings.size() + " do not fit.");
        output.remark("Calls are counted since " + Json.text(window, "counted_from") + ".");
        if (isCut) {
            output.remark("There are more credentials than one run looks at.");
        }
    }

    private static String evidence(JsonNode evidence) {
        return evidence.properties().stream()
                .map(entry -> entry.getKey().replace('_', ' ') + " " + Json.text(entry.getValue()))
                .collect(Collectors.joining(", "));
    }
}
