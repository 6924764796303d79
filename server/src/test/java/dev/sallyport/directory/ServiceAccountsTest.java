package dev.sallyport.directory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.audit.Actor;
import dev.sallyport.http.FakeRequest;
import dev.sallyport.http.Problem;
import dev.sallyport.http.Reply;
import dev.sallyport.identity.Caller;
import dev.sallyport.identity.PrincipalId;
import dev.sallyport.permission.ManagedRole;
import dev.sallyport.sql.TestDatabase;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ServiceAccountsTest {

    private static final String LIST = "/sallyport/v1/service_accounts";

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void a_service_account_is_created_as_the_contract_has_it(TestDatabase kind) {
        try (var test = TestDirectory.open(kind)) {
            var ann = admin(test, "Acme");
            var role = test.role(ann, "Pagers", "monitors_write");

            var account = created(test, ann, "Ops@Acme.example", "deployer", role);

            var attributes = account.get("attributes");
            assertThat(account.get("type").asString()).isEqualTo("users");
            assertThat(attributes.get("handle").asString())
                    .isEqualTo(account.get("id").asString());
            assertThat(attributes.get("email").asString()).isEqualTo("ops@acme.example");
            assertThat(attributes.get("service_account").asBoolean()).isTrue();
            assertThat(attributes.get("verified").asBoolean()).isTrue();
            assertThat(attributes.get("disabled").asBoolean()).isFalse();
            assertThat(attributes.get("status").asString()).isEqualTo("Active");
            assertThat(account.at("/relationships/roles/data/0/id").asString()).isEqualTo(role);
            var stored = fact(test, ann, account);
            assertThat(stored.principal().owner()).isEqualTo(ann.principal().id());
            assertThat(test.authorityOf(stored.principal()).holds(test.permissions.require("monitors_write")))
                    .isTrue();
            assertThat(test.trail(ann.organization().id())).endsWith("SERVICE_ACCOUNT_CREATED");
            assertThat(test.applied.getLast()).isEqualTo(AddUser.change(stored.principal()));
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void several_service_accounts_share_an_address_with_a_user(TestDatabase kind) {
        try (var test = TestDirectory.open(kind)) {
            var ann = admin(test, "Acme");

            created(test, ann, "ann@acme.example", "one");
            created(test, ann, "ann@acme.example", "two");

            assertThat(names(list(test, ann))).containsExactly("one", "two");
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void nobody_makes_a_service_account_that_holds_more_than_they_do(TestDatabase kind) {
        try (var test = TestDirectory.open(kind)) {
            var ann = admin(test, "Acme");
            var bob = deputy(test, ann);
            var within = test.role(ann, "Within", "monitors_write");
            var beyond = test.role(ann, "Beyond", "dashboards_write");

            for (var role : List.of(beyond, test.roleNamed(ann, ManagedRole.ADMIN))) {
                assertThat(test.call("CreateServiceAccount", bob, creation("a@b.example", "x", within, role)))
                        .isInstanceOfSatisfying(
                                Problem.class,
                                problem -> assertThat(problem.code()).isEqualTo("permissions_not_held"));
            }
            assertThat(names(list(test, ann))).isEmpty();
            assertThat(test.status("CreateServiceAccount", bob, creation("a@b.example", "x", within)))
                    .isEqualTo(201);
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void a_role_of_another_organization_is_unknown(TestDatabase kind) {
        try (var test = TestDirectory.open(kind)) {
            var ann = admin(test, "Acme");
            var foreign = test.role(admin(test, "Other"), "Pagers");

            assertThat(test.status("CreateServiceAccount", ann, creation("a@b.example", "x", foreign)))
                    .isEqualTo(400);
            assertThat(names(list(test, ann))).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"data\":{\"type\":\"users\"}}",
                "{\"data\":{\"type\":\"users\",\"attributes\":{\"email\":\"a@b.example\"}}}",
                "{\"data\":{\"type\":\"users\",\"attributes\":{\"email\":\"a@b.example\",\"service_account\":false}}}",
                "{\"data\":{\"type\":\"users\",\"attributes\":{\"service_account\":true}}}",
                "{\"data\":{\"type\":\"users\",\"attributes\":{\"email\":\"ab\",\"service_account\":true}}}",
                "{\"data\":{\"type\":\"users\",\"attributes\":"
                        + "{\"email\":\"a@b.example\",\"service_account\":true,\"name\":\" \"}}}",
                "{\"data\":{\"type\":\"users\",\"attributes\":"
                        + "{\"email\":\"a@b.example\",\"service_account\":true,\"title\":\"a\\u202eb\"}}}",
                "{\"data\":{\"type\":\"roles\",\"attributes\":{\"email\":\"a@b.example\",\"service_account\":true}}}"
            })
    void nonsense_creates_nothing(String body) {
        try (var test = TestDirectory.open(TestDatabase.SQLITE)) {
            var ann = admin(test, "Acme");

            assertThat(test.status("CreateServiceAccount", ann, FakeRequest.post("/api/v2/service_accounts", body)))
                    .isEqualTo(400);
            assertThat(names(list(test, ann))).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void a_service_account_is_handed_over_to_an_active_user(TestDatabase kind) {
        try (var test = TestDirectory.open(kind)) {
            var ann = admin(test, "Acme");
            var bob = test.added(ann.organization(), "bob@acme.example", ManagedRole.READ_ONLY);
            var account = created(test, ann, "ops@acme.example", "deployer");
            var before = fact(test, ann, account);

            var answer = test.call("HandOverServiceAccount", ann, handOver(account, bob.id()));

            var after = fact(test, ann, account);
            assertThat(answer).isEqualTo(Reply.noContent());
            assertThat(after.principal().owner()).isEqualTo(bob.id());
            assertThat(after.principal().epoch()).isEqualTo(before.principal().epoch());
            assertThat(after.roles()).isEqualTo(before.roles());
            assertThat(test.trail(ann.organization().id())).endsWith("SERVICE_ACCOUNT_HANDED_OVER");
            assertThat(list(test, ann).at("/0/owner/email").asString()).isEqualTo("bob@acme.example");
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void only_an_active_user_of_the_organization_can_answer_for_an_account(TestDatabase kind) {
        try (var test = TestDirectory.open(kind)) {
            var ann = admin(test, "Acme");
            var eve = admin(test, "Other");
            var acme = ann.organization();
            var disabled = test.added(acme, "bob@acme.example", ManagedRole.READ_ONLY);
            test.directory.change(Actor.operator(acme.id()), disabled.id(), ChangeStanding.To.DISABLED);
            var account = created(test, ann, "ops@acme.example", "deployer");
            var other = new PrincipalId(UUID.fromString(
                    created(test, ann, "ops@acme.example", "other").get("id").asString()));

            for (var owner : List.of(disabled.id(), other, eve.principal().id(), PrincipalId.random())) {
                assertThat(test.status("HandOverServiceAccount", ann, handOver(account, owner)))
                        .isEqualTo(400);
            }
            assertThat(test.status(
                            "HandOverServiceAccount",
                            eve,
                            handOver(account, eve.principal().id())))
                    .isEqualTo(404);
            assertThat(fact(test, ann, account).principal().owner())
                    .isEqualTo(ann.principal().id());
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void nobody_hands_over_an_account_that_holds_more_than_they_do(TestDatabase kind) {
        try (var test = TestDirectory.open(kind)) {
            var ann = admin(test, "Acme");
            var bob = deputy(test, ann);
            var account = created(test, ann, "ops@acme.example", "root", test.roleNamed(ann, ManagedRole.ADMIN));

            var status = test.status(
                    "HandOverServiceAccount",
                    bob,
                    handOver(account, bob.principal().id()));

            assertThat(status).isEqualTo(403);
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void accounts_that_nobody_answers_for_are_found(TestDatabase kind) {
        try (var test = TestDirectory.open(kind)) {
            var ann = admin(test, "Acme");
            var acme = ann.organization();
            var operator = Actor.operator(acme.id());
            for (var name : List.of("disabled", "gone", "kept")) {
                var owner = test.added(acme, name + "@acme.example", ManagedRole.READ_ONLY);
                var account = created(test, ann, "ops@acme.example", name);
                test.call("HandOverServiceAccount", ann, handOver(account, owner.id()));
                switch (name) {
                    case "disabled" -> test.directory.change(operator, owner.id(), ChangeStanding.To.DISABLED);
                    case "gone" -> test.directory.change(operator, owner.id(), ChangeStanding.To.REMOVED);
                    default -> assertThat(owner.isActive()).isTrue();
                }
            }
            var orphans = FakeRequest.get(LIST).withQuery("owner", "none");
            var own = FakeRequest.get(LIST)
                    .withQuery("owner", ann.principal().id().toString());

            var listed = list(test, ann);

            assertThat(names(listed)).containsExactly("disabled", "gone", "kept");
            assertThat(listed.valueStream()
                            .map(account -> account.get("orphaned").asBoolean()))
                    .containsExactly(true, true, false);
            assertThat(listed.at("/1/owner").isNull()).isTrue();
            assertThat(names(test.json("ListServiceAccounts", ann, orphans).get("service_accounts")))
                    .containsExactly("disabled", "gone");
            assertThat(names(test.json("ListServiceAccounts", ann, own).get("service_accounts")))
                    .isEmpty();
            assertThat(names(list(test, admin(test, "Other")))).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void a_service_account_is_no_last_administrator(TestDatabase kind) {
        try (var test = TestDirectory.open(kind)) {
            var ann = admin(test, "Acme");
            var role = test.roleNamed(ann, ManagedRole.ADMIN);
            created(test, ann, "ops@acme.example", "root", role);

            var demoted = test.status("RemoveUserFromRole", ann, RoleRequests.member(role, ann.principal()));
            var disabled = test.directory.change(
                    Actor.operator(ann.organization().id()), ann.principal().id(), ChangeStanding.To.DISABLED);

            assertThat(demoted).isEqualTo(400);
            assertThat(disabled).isEqualTo(new ChangeStanding.Result.LastAdministrator());
        }
    }

    private static Caller admin(TestDirectory test, String organization) {
        var founded = test.founded(organization, "ann@acme.example");
        return test.signedIn(founded.organization(), founded.admin());
    }

    /** Somebody who may write service accounts, and little else. */
    private static Caller deputy(TestDirectory test, Caller admin) {
        var role = test.role(admin, "Deputy", "service_account_write", "monitors_write");
        var bob = test.added(admin.organization(), "deputy@acme.example", ManagedRole.READ_ONLY);
        test.json("AddUserToRole", admin, RoleRequests.member(role, bob));
        return test.signedIn(admin.organization(), bob);
    }

    private static JsonNode created(TestDirectory test, Caller caller, String email, String name, String... roles) {
        var reply = (Reply) test.call("CreateServiceAccount", caller, creation(email, name, roles));
        assertThat(reply.status()).isEqualTo(201);
        return JsonMapper.shared()
                .valueToTree(((Reply.Body.Json) reply.body()).value())
                .get("data");
    }

    private static FakeRequest creation(String email, String name, String... roles) {
        var references = Stream.of(roles)
                .map(id -> "{\"type\":\"roles\",\"id\":\"" + id + "\"}")
                .collect(Collectors.joining(","));
        return FakeRequest.post(
                "/api/v2/service_accounts",
                "{\"data\":{\"type\":\"users\",\"attributes\":{\"email\":\"" + email + "\",\"name\":\"" + name
                        + "\",\"service_account\":true},\"relationships\":{\"roles\":{\"data\":[" + references
                        + "]}}}}");
    }

    private static FakeRequest handOver(JsonNode account, PrincipalId owner) {
        var id = account.get("id").asString();
        return FakeRequest.get(LIST + "/" + id)
                .withPathParameter("service_account_id", id)
                .withBody("{\"owner\":\"" + owner + "\"}");
    }

    private static JsonNode list(TestDirectory test, Caller caller) {
        return test.json("ListServiceAccounts", caller, FakeRequest.get(LIST)).get("service_accounts");
    }

    private static List<String> names(JsonNode accounts) {
        return accounts.valueStream()
                .map(account -> account.get("name").asString())
                .toList();
    }

    private static PrincipalFact fact(TestDirectory test, Caller caller, JsonNode account) {
        var id = new PrincipalId(UUID.fromString(account.get("id").asString()));
        return test.database
                .reading(transaction ->
                        test.directory.user(transaction, caller.organization().id(), id))
                .orElseThrow();
    }
}
