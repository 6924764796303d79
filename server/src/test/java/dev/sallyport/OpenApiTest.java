package dev.sallyport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.http.Method;
import dev.sallyport.http.Route;
import dev.sallyport.permission.Permissions;
import dev.sallyport.permission.Requirement;
import dev.sallyport.sql.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;
import tools.jackson.dataformat.yaml.YAMLWriteFeature;

/**
 * {@code docs/openapi.yaml}: the routes say what there is and what it asks for, {@code openapi-parts.yaml} beside this test says
 * what goes in and comes out.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OpenApiTest {

    private static final Path PARTS = Path.of("src/test/resources/dev/sallyport/openapi-parts.yaml");
    private static final Pattern PARAMETER = Pattern.compile("\\{([a-z_]+)}");
    private static final Pattern REFERENCE = Pattern.compile("#/components/(\\w+/\\w+)");
    private static final YAMLMapper YAML = YAMLMapper.builder()
            .disable(YAMLWriteFeature.WRITE_DOC_START_MARKER)
            .enable(YAMLWriteFeature.MINIMIZE_QUOTES)
            .enable(YAMLWriteFeature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
            .disable(YAMLWriteFeature.SPLIT_LINES)
            .build();

    private final TestAuthority authority = TestAuthority.on(TestDatabase.SQLITE);
    private final ObjectNode parts = (ObjectNode) parse(read(PARTS));

    @AfterAll
    void close() {
        authority.close();
    }

    @Test
    void the_document_has_the_routes_that_there_are() {
        Golden.assertMatches("../../../../../../docs/openapi.yaml", YAML.writeValueAsString(document()));
    }

    @Test
    void every_operation_is_described_and_nothing_else() {
        var described = new TreeSet<>(parts.get("operations").propertyNames());
        var routed = new TreeSet<String>();
        routes().forEach(route -> routed.add(route.operation()));

        assertThat(described).isEqualTo(routed);
        parts.get("operations")
                .propertyStream()
                .forEach(operation -> assertThat(operation.getValue().propertyNames())
                        .as(operation.getKey())
                        .contains("summary", "responses")
                        .isSubsetOf("summary", "parameters", "requestBody", "responses"));
    }

    @Test
    void every_reference_leads_somewhere_and_every_component_is_used() {
        var text = YAML.writeValueAsString(document());
        var referred = new TreeSet<String>();
        REFERENCE.matcher(text).results().forEach(match -> referred.add(match.group(1)));
        var defined = new TreeSet<String>();
        parts.get("components").propertyStream().forEach(group -> {
            if (!group.getKey().equals("securitySchemes")) {
                group.getValue().propertyNames().forEach(name -> defined.add(group.getKey() + "/" + name));
            }
        });

        assertThat(referred).isEqualTo(defined);
    }

    @Test
    void our_own_import_reads_the_document() {
        var admin = authority.founds("Acme");

        admin.imports("self", YAML.writeValueAsString(document()));

        var imported = authority
                .atDoors("GET", "/sallyport/v1/apis/self")
                .withToken(admin.token().text())
                .send()
                .json();
        var read = new TreeMap<String, String>();
        imported.get("operations")
                .forEach(operation -> read.put(
                        operation.get("id").stringValue(), operation.get("asks").stringValue()));
        var routed = new TreeMap<String, String>();
        routes().forEach(route -> routed.put(route.operation(), asks(route.requirement())));
        assertThat(read).isEqualTo(routed);
    }

    private static String asks(Requirement requirement) {
        return switch (requirement) {
            case Requirement.Open _ -> "open";
            case Requirement.SignedIn _ -> "signed_in";
            // An imported document has no word for an API key alone.
            case Requirement.ApiKey _ -> "signed_in";
            case Requirement.Undeclared _ -> "nothing";
            case Requirement.Holding _ -> "permissions";
        };
    }

    private Stream<Route> routes() {
        return Stream.concat(authority.server.publicRoutes().stream(), authority.server.doorRoutes().stream());
    }

    private JsonNode document() {
        var document = YAML.createObjectNode();
        document.put("openapi", "3.1.0");
        document.set("info", parts.get("info"));
        document.set("tags", parts.get("tags"));
        var paths = document.putObject("paths");
        authority.server.publicRoutes().forEach(route -> add(paths, route, "public"));
        authority.server.doorRoutes().forEach(route -> add(paths, route, "doors"));
        document.set("components", parts.get("components"));
        return document;
    }

    private void add(ObjectNode paths, Route route, String listener) {
        // OpenAPI has no word for any method, nor for the rest of a path.
        var path = route.path().replace("...}", "}");
        var item = paths.withObjectProperty(path);
        var method =
                route.method() == Method.ANY ? "get" : route.method().name().toLowerCase(Locale.ROOT);
        if (item.get(method) instanceof ObjectNode present) {
            // The same at both addresses.
            present.withArrayProperty("tags").add(listener);
            return;
        }
        var part = parts.get("operations").get(route.operation());
        var operation = item.putObject(method);
        operation.put("operationId", route.operation());
        operation.set("summary", part.get("summary"));
        operation.putArray("tags").add(listener);
        if (route.requirement() instanceof Requirement.Open) {
            operation.putArray("security");
        } else if (route.requirement() instanceof Requirement.ApiKey) {
            operation.putArray("security").addObject().putArray("apiKey");
        } else {
            operation.set(
                    "x-permission",
                    YAML.valueToTree(permission(route.requirement(), authority.installation.permissions)));
        }
        addParameters(operation, path, part);
        for (var name : List.of("requestBody", "responses")) {
            if (part.has(name)) {
                operation.set(name, part.get(name));
            }
        }
    }

    private static Map<String, Object> permission(Requirement requirement, Permissions permissions) {
        var object = new LinkedHashMap<String, Object>();
        if (requirement instanceof Requirement.Holding(var alternatives)) {
            var names = alternatives.stream().map(permissions::namesOf).toList();
            var isOr = names.stream().allMatch(alternative -> alternative.size() == 1);
            assertThat(isOr || names.size() == 1)
                    .as("alternatives of several permissions have no form")
                    .isTrue();
            object.put("operator", isOr ? "OR" : "AND");
            object.put("permissions", names.stream().flatMap(List::stream).toList());
        } else {
            object.put("operator", "OPEN");
            object.put("permissions", List.of());
        }
        return object;
    }

    private static void addParameters(ObjectNode operation, String path, JsonNode part) {
        var inPath =
                PARAMETER.matcher(path).results().map(match -> match.group(1)).toList();
        if (inPath.isEmpty() && !part.has("parameters")) {
            return;
        }
        var parameters = operation.putArray("parameters");
        for (var name : inPath) {
            parameters
                    .addObject()
                    .put("name", name)
                    .put("in", "path")
                    .put("required", true)
                    .putObject("schema")
                    .put("type", "string");
        }
        if (part.has("parameters")) {
            part.get("parameters").forEach(parameters::add);
        }
    }

    private static JsonNode parse(String text) {
        return YAML.readTree(text);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
