package dev.sallyport.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The rules that a command is to set or to preview: those that are there, or those of a file, with changes. */
final class RulesChange {

    static final String PATH = "/sallyport/v1/credential_rules";

    private static final long LONGEST_FILE = 1 << 20;
    private static final int SHOWN_NAMES = 5;
    private static final Set<String> LISTS = Set.of("addresses", "creators", "forbidden_scopes");
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}");
    private static final List<String> KINDS =
            List.of("personal_access_token", "service_access_token", "application_key", "api_key");

    @Parameters(
            arity = "0..1",
            paramLabel = "FILE",
            description = "A document as 'sallyport rules show --json' prints it; the present rules unless given.")
    @Nullable
    Path file;

    @Option(
            names = "--set",
            paramLabel = "RULE=VALUE",
            description =
                    "One change: a rule like api_key.unused_days, and its value; 'none' takes it away, commas separate"
                            + " names. May be given again.")
    List<String> changes = new ArrayList<>();

    @Option(
            names = "--apply",
            paramLabel = "RULE",
            split = ",",
            description = "Also for the credentials that are there: what breaks that rule ends. May be given again.")
    List<String> applied = new ArrayList<>();

    /** The body of a request. */
    ObjectNode body(Client api) {
        var source = file == null ? api.get(PATH) : read(file);
        var body = JsonNodeFactory.instance.objectNode();
        var rules = source.path("rules").isObject() ? source.path("rules") : source;
        body.set("rules", changed((ObjectNode) rules.deepCopy()));
        var revision = source.path("revision");
        body.set("revision", revision.isInt() ? revision : api.get(PATH).path("revision"));
        if (!applied.isEmpty()) {
            applied.forEach(body.putArray("apply_to_existing")::add);
        }
        return body;
    }

    private static JsonNode read(Path file) {
        try {
            if (Files.size(file) > LONGEST_FILE) {
                throw new Failure(ExitCode.BAD_INPUT, file + " is larger than 1 MiB.");
            }
            return Json.parse(Files.readAllBytes(file))
                    .filter(JsonNode::isObject)
                    .orElseThrow(() -> new Failure(ExitCode.BAD_INPUT, file + " does not hold a JSON object."));
        } catch (IOException e) {
            throw new Failure(ExitCode.BAD_INPUT, file + " cannot be read. Check its name.");
        }
    }

    private ObjectNode changed(ObjectNode rules) {
        for (var change : changes) {
            var equals = change.indexOf('=');
            if (equals < 1) {
                throw new Failure(ExitCode.USAGE, "--set takes a rule and a value, like api_key.unused_days=90.");
            }
            set(
                    rules,
                    change.substring(0, equals).strip(),
                    change.substring(equals + 1).strip());
        }
        return rules;
    }

    private static void set(ObjectNode rules, String rule, String value) {
        var dot = rule.indexOf('.');
        var member = rule.substring(dot + 1);
        if (dot < 0) {
            rules.set(member, value(member, value));
        } else {
            var kind = rule.substring(0, dot);
            var node = rules.path(kind) instanceof ObjectNode known ? known : rules.putObject(kind);
            node.set(member, value(member, value));
        }
    }

    private static JsonNode value(String member, String value) {
        var nodes = JsonNodeFactory.instance;
        if (LISTS.contains(member)) {
            var list = nodes.arrayNode();
            if (!value.isEmpty() && !value.equals("none")) {
                List.of(value.split("\\s*,\\s*")).forEach(list::add);
            }
            return list;
        }
        if (value.equals("none")) {
            return nodes.nullNode();
        }
        if (value.equals("true") || value.equals("false")) {
            return nodes.booleanNode(value.equals("true"));
        }
        if (!NUMBER.matcher(value).matches()) {
            throw new Failure(ExitCode.USAGE, "A value of --set is a number, true, false, none, or names with commas.");
        }
        return nodes.numberNode(Integer.parseInt(value));
    }

    static void show(Output output, JsonNode answer) {
        var rules = answer.path("rules");
        output.facts(new Table()
                .row("revision", Json.text(answer, "revision"))
                .row("addresses", Output.some(Json.texts(rules.path("addresses")), SHOWN_NAMES)));
        output.line("");
        var table = new Table("KIND", "CREATABLE", "LONGEST", "DEFAULT", "UNUSED", "UNSCOPED", "CREATORS", "FORBIDDEN");
        for (var kind : KINDS) {
            var rule = rules.path(kind);
            table.row(
                    kind,
                    Json.text(rule, "creatable"),
                    Json.text(rule, "longest_life_days"),
                    Json.text(rule, "default_life_days"),
                    Json.text(rule, "unused_days"),
                    Json.text(rule, "unscoped"),
                    Output.some(Json.texts(rule.path("creators")), SHOWN_NAMES),
                    Output.some(Json.texts(rule.path("forbidden_scopes")), SHOWN_NAMES));
        }
        output.table(table);
    }
}
