package dev.sallyport;

import static dev.sallyport.TestPoint.action;
import static dev.sallyport.TestPoint.question;
import static dev.sallyport.TestPoint.record;
import static dev.sallyport.TestPoint.user;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.sql.TestDatabase;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The eight fixed decisions of the AuthZEN demonstration, out of real roles and an imported API. */
class AuthzenFixtureTest {

    private static final Map<String, ?> DELETE_SOFTLY = Map.of("name", "delete", "properties", Map.of("soft", true));

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void the_eight_fixed_decisions_come_out_as_they_must(TestDatabase database) {
        try (var authority = TestAuthority.on(database)) {
            var point = TestPoint.on(authority);
            var active = record("record-1", "active");
            var archived = record("record-2", "archived");
            var alice = user(point.alice());
            var bob = user(point.bob());

            var decisions = new LinkedHashMap<String, Boolean>();
            decisions.put("alice reads", point.allows(question(alice, action("read"), active)));
            decisions.put("alice writes", point.allows(question(alice, action("write"), active)));
            decisions.put("bob reads", point.allows(question(bob, action("read"), active)));
            decisions.put("bob writes", point.allows(question(bob, action("write"), active)));
            decisions.put("alice writes archived", point.allows(question(alice, action("write"), archived)));
            decisions.put("bob writes archived", point.allows(question(bob, action("write"), archived)));
            decisions.put("alice deletes softly", point.allows(question(alice, DELETE_SOFTLY, active)));
            decisions.put("alice deletes for good", point.allows(question(alice, action("delete"), active)));

            assertThat(List.copyOf(decisions.values()))
                    .as("%s", decisions)
                    .containsExactly(true, true, true, false, false, true, true, false);
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void the_searches_find_what_the_evaluations_permit(TestDatabase database) {
        try (var authority = TestAuthority.on(database)) {
            var point = TestPoint.on(authority);
            var api = "records-" + point.admin().principal().id().toString().substring(0, 8);

            var puts = point.asks(
                    "/access/v1/search/resource",
                    question(user(point.alice()), action("PUT"), Map.of("type", api, "id", "ignored")));
            var actions = point.asks(
                    "/access/v1/search/action",
                    Map.of("subject", user(point.bob()), "resource", record("record-2", "archived")));

            assertThat(puts.json().get("results").toString())
                    .isEqualTo("[{\"type\":\"%s\",\"id\":\"WriteRecord\"},{\"type\":\"%s\",\"id\":\"BinRecord\"}]"
                            .formatted(api, api));
            assertThat(puts.json().at("/page/next_token").stringValue()).isEmpty();
            assertThat(actions.json().get("results").toString())
                    .isEqualTo("[{\"name\":\"read\"},{\"name\":\"write\"}]");
        }
    }
}
