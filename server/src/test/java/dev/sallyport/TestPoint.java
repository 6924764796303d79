package dev.sallyport;

import dev.sallyport.TestCall.Answer;
import dev.sallyport.permission.ManagedRole;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/**
 * An enforcement point of the records demonstration, with its two users.
 *
 * @param admin of the organization
 * @param token of the enforcement point: it may evaluate and nothing else
 */
record TestPoint(TestAuthority authority, TestPerson admin, TestPerson alice, TestPerson bob, String token) {

    static final String EVALUATION = "/access/v1/evaluation";
    static final String EVALUATIONS = "/access/v1/evaluations";

    static TestPoint on(TestAuthority authority) {
        var founder = authority.founds("Acme");
        founder.imports("records-" + founder.principal().id().toString().substring(0, 8), document());
        var admin = founder.renewed();
        var alice = authority.joins(admin, "Alice", ManagedRole.READ_ONLY);
        var bob = authority.joins(admin, "Bob", ManagedRole.READ_ONLY);
        grants(admin, "editor", List.of("records_read", "records_write"), alice);
        grants(admin, "archivist", List.of("records_read", "archive_write"), bob);
        return new TestPoint(
                authority, admin, alice, bob, admin.issues("audit_logs_read").text());
    }

    private static String document() {
        try {
            return Files.readString(Path.of("../docs/examples/authzen/records.yaml"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void grants(TestPerson admin, String role, List<String> permissions, TestPerson to) {
        var ids = new HashMap<String, String>();
        admin.calls("GET", "/api/v2/permissions").json().get("data").forEach(permission -> {
            var name = permission.at("/attributes/name").stringValue();
            ids.put(name.substring(name.indexOf(':') + 1), permission.get("id").stringValue());
        });
        var granted = permissions.stream()
                .map(name -> Map.of("type", "permissions", "id", ids.get(name)))
                .toList();
        var data = Map.of(
                "type", "roles",
                "attributes", Map.of("name", role),
                "relationships", Map.of("permissions", Map.of("data", granted)));
        var created = admin.calls("POST", "/api/v2/roles", TestPerson.document(data));
        var id = created.json().at("/data/id").stringValue();
        var member = Map.of("type", "users", "id", to.principal().id().toString());
        admin.calls("POST", "/api/v2/roles/" + id + "/users", TestPerson.document(member));
    }

    TestCall call(String path) {
        return authority.atDoors("POST", path).withToken(token);
    }

    Answer asks(String path, Object question) {
        return call(path).withJson(json(question)).send();
    }

    /** The decision, and that it was answered as one. */
    boolean allows(Object question) {
        var answer = asks(EVALUATION, question);
        if (answer.status() != 200) {
            throw new AssertionError(answer);
        }
        return answer.json().get("decision").booleanValue();
    }

    static Map<String, ?> user(TestPerson person) {
        return Map.of("type", "user", "id", person.principal().email());
    }

    static Map<String, ?> action(String name) {
        return Map.of("name", name);
    }

    static Map<String, ?> record(String id, String status) {
        return Map.of("type", "record", "id", id, "properties", Map.of("status", status));
    }

    /** Of the shipped API. */
    static Map<String, ?> path(String path) {
        return Map.of("type", "api", "id", path);
    }

    static Map<String, ?> question(Object subject, Object action, Object resource) {
        return Map.of("subject", subject, "action", action, "resource", resource);
    }

    static String json(Object value) {
        return JsonMapper.shared().writeValueAsString(value);
    }
}
