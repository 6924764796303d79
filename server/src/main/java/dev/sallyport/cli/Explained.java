package dev.sallyport.cli;

import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** A decision and how it came about, for people. */
final class Explained {

    private static final int SHOWN_NAMES = 10;

    private Explained() {}

    static void show(Output output, JsonNode answer) {
        var isPermitted = Json.text(answer, "decision").equals("permit");
        output.line(
                isPermitted ? Output.Colour.GREEN : Output.Colour.RED,
                Json.text(answer, "decision") + ": " + Json.text(answer, "reason"));
        var explanation = Json.text(answer, "explanation");
        if (!explanation.isEmpty()) {
            output.line(explanation);
        }
        output.facts(facts(answer));
        edits(output, answer.path("edits"));
    }

    private static Table facts(JsonNode answer) {
        var table = new Table();
        some(table, "at", Json.text(answer, "at"));
        some(table, "call", together(Json.text(answer, "api"), Json.text(answer, "method"), Json.text(answer, "path")));
        table.row("operation", together(Json.text(answer, "operation"), Json.text(answer, "template")))
                .row("required", required(answer))
                .row("held", Output.some(Json.texts(answer.path("held")), SHOWN_NAMES))
                .row("missing", Output.some(Json.texts(answer.path("missing")), SHOWN_NAMES))
                .row("credential", credential(answer.path("credential")));
        some(table, "owner", Json.text(answer.path("credential"), "owner"));
        some(table, "from", Json.text(answer, "address"));
        return table.row("revision", Json.text(answer, "revision"));
    }

    private static void some(Table table, String name, String value) {
        if (!value.isEmpty()) {
            table.row(name, value);
        }
    }

    private static void edits(Output output, JsonNode edits) {
        var all = Json.items(edits);
        if (all.isEmpty()) {
            return;
        }
        output.line("");
        output.line(all.size() == 1 ? "What would have it allowed:" : "What would have it allowed, any of these:");
        for (var edit : all) {
            var begin = "  - ";
            for (var step : Json.items(edit.path("steps"))) {
                output.line(begin + Json.text(step, "says") + " (" + by(step.path("by")) + ")");
                var request = step.path("request");
                if (request.isObject()) {
                    output.line("    " + Json.text(request, "method") + " " + Json.text(request, "path") + " "
                            + request.path("body"));
                }
                begin = "    then: ";
            }
        }
    }

    private static String by(JsonNode by) {
        var roles = Json.texts(by.path("roles"));
        return Json.text(by, "who") + (roles.isEmpty() ? "" : ": " + Output.some(roles, SHOWN_NAMES));
    }

    private static String required(JsonNode answer) {
        var alternatives = ApiFacts.alternatives(answer.path("required"));
        return alternatives.isEmpty() ? Json.text(answer, "requirement") : alternatives;
    }

    private static String credential(JsonNode credential) {
        return together(Json.text(credential, "kind"), Json.text(credential, "id"), Json.text(credential, "name"));
    }

    private static String together(String... texts) {
        return Stream.of(texts).filter(text -> !text.isEmpty()).collect(Collectors.joining(" "));
    }
}
