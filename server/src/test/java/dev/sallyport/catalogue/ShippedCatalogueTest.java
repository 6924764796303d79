package dev.sallyport.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.identity.OrganizationId;
import dev.sallyport.permission.Accepts;
import dev.sallyport.permission.Permissions;
import dev.sallyport.permission.Requirement;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ShippedCatalogueTest {

    private static final Permissions PERMISSIONS = Permissions.shipped();
    private static final ProtectedApi DATADOG = ShippedCatalogue.load(PERMISSIONS);

    @Test
    void there_are_1831_live_operations_of_known_kinds() {
        var kinds = new TreeMap<String, Integer>();
        for (var operation : DATADOG.operations().operations()) {
            kinds.merge(kind(operation.requirement()), 1, Integer::sum);
        }

        assertThat(DATADOG.operations().operations()).hasSize(1_831);
        assertThat(kinds)
                .containsOnly(
                        java.util.Map.entry("api key", 14),
                        java.util.Map.entry("open", 5),
                        java.util.Map.entry("signed in", 16),
                        java.util.Map.entry("holding", 993),
                        java.util.Map.entry("undeclared, reading", 92),
                        java.util.Map.entry("undeclared", 711));
    }

    @Test
    void credential_classes_follow_the_file() {
        var classes = new TreeMap<Accepts, Integer>();
        for (var operation : DATADOG.operations().operations()) {
            classes.merge(operation.accepts(), 1, Integer::sum);
        }

        assertThat(classes)
                .containsOnly(
                        java.util.Map.entry(Accepts.TOKENS_AND_KEYS, 1_810),
                        java.util.Map.entry(Accepts.API_KEY_ONLY, 14),
                        java.util.Map.entry(Accepts.NOBODY_NEEDED, 5),
                        java.util.Map.entry(Accepts.TOKENS_ONLY, 2));
    }

    @Test
    void what_an_operation_asks_is_what_the_file_says() {
        assertThat(operation("POST", "/api/v2/logs").requirement()).isEqualTo(Requirement.API_KEY);
        assertThat(operation("GET", "/").requirement()).isEqualTo(Requirement.OPEN);
        assertThat(names(operation("GET", "/api/v1/monitor"))).containsExactly(List.of("monitors_read"));
        assertThat(names(operation("GET", "/api/v1/application_key")))
                .containsExactly(List.of("org_app_keys_read"), List.of("user_app_keys"));
    }

    @Test
    void every_template_finds_itself() {
        for (var operation : DATADOG.operations().operations()) {
            var sample = operation.template().replaceAll("\\{[^}]*}", "00000000-0000-0000-0000-000000000001");

            assertThat(match(operation.method(), sample))
                    .as("%s %s", operation.method(), sample)
                    .isInstanceOfSatisfying(
                            OperationTable.Match.Matched.class,
                            matched -> assertThat(matched.operation()).isEqualTo(operation));
        }
    }

    /** For each two templates of one method: the path that both claim, if there is one, has the answer of the rule. */
    @Test
    void paths_that_two_templates_claim_go_to_the_more_specific_or_to_nobody() {
        var ambiguous = new ArrayList<String>();
        for (var one : DATADOG.operations().operations()) {
            for (var other : DATADOG.operations().operations()) {
                var shared = one.template().compareTo(other.template()) < 0
                                && one.method().equals(other.method())
                        ? shared(one.template().split("/"), other.template().split("/"))
                        : "";
                if (!shared.isEmpty() && match(one.method(), shared) instanceof OperationTable.Match.Ambiguous) {
                    ambiguous.add(one.method() + " " + shared);
                }
            }
        }

        assertThat(ambiguous).contains("GET /api/v2/monitor/template/downtime_matches");
        assertThat(ambiguous).hasSize(76);
    }

    @Test
    void it_admits_every_organization() {
        assertThat(DATADOG.admits(OrganizationId.random())).isTrue();
        assertThat(DATADOG.audience()).isEqualTo("datadog");
    }

    /** The path in which each variable of one template is filled with the literal of the other; empty if there is none. */
    private static String shared(String[] one, String[] other) {
        if (one.length != other.length) {
            return "";
        }
        var path = new StringBuilder();
        for (var i = 1; i < one.length; i++) {
            var isVariable = one[i].startsWith("{");
            if (!isVariable && !other[i].startsWith("{") && !one[i].equals(other[i])) {
                return "";
            }
            var literal = isVariable ? other[i] : one[i];
            path.append('/').append(literal.startsWith("{") ? "1" : literal);
        }
        return path.toString();
    }

    private static String kind(Requirement requirement) {
        return switch (requirement) {
            case Requirement.Open _ -> "open";
            case Requirement.SignedIn _ -> "signed in";
            case Requirement.ApiKey _ -> "api key";
            case Requirement.Holding _ -> "holding";
            case Requirement.Undeclared(var isReading) -> isReading ? "undeclared, reading" : "undeclared";
        };
    }

    private static List<List<String>> names(Operation operation) {
        return ((Requirement.Holding) operation.requirement())
                .alternatives().stream().map(PERMISSIONS::namesOf).toList();
    }

    private static Operation operation(String method, String path) {
        return ((OperationTable.Match.Matched) match(method, path)).operation();
    }

    private static OperationTable.Match match(String method, String path) {
        return DATADOG.operations().match(method, ((CanonicalPath.Parsed.Canonical) CanonicalPath.parse(path)).path());
    }
}
