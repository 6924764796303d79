package dev.sallyport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.TestPerson.Shown;
import dev.sallyport.identity.PrincipalId;
import dev.sallyport.permission.ManagedRole;
import dev.sallyport.sql.TestDatabase;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Whatever is granted, minted, edited, disabled and enabled, in whatever order: a credential allows what its owner may do at
 * that moment within its scopes, no more and no less, and nobody hands out what their own credential does not reach.
 */
class AuthorityBoundTest {

    private static final int STEPS = 50;

    /** A permission, and an operation that asks for nothing else. */
    private static final Map<String, String> OPERATIONS = new TreeMap<>(Map.of(
            "api_keys_read", "/api/v2/api_keys",
            "audit_logs_read", "/api/v2/audit/events",
            "org_app_keys_read", "/api/v2/application_keys",
            "service_account_write", "/api/v2/service_accounts/0abefcae-90ed-4670-94ab-7cea6ca9fb6f/access_tokens",
            "user_app_keys", "/api/v2/current_user/application_keys"));

    private static final List<String> PERMISSIONS = List.copyOf(OPERATIONS.keySet());

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void no_sequence_of_changes_lets_a_credential_do_what_its_owner_may_not(TestDatabase kind) {
        var seed = new Random().nextLong();
        try (var authority = TestAuthority.on(kind)) {
            var world = new World(authority, new Random(seed));
            world.opens("seed " + seed + ", opening");
            for (var step = 0; step < STEPS; step++) {
                var done = world.changes();
                world.checks("seed " + seed + ", step " + step + ", " + done);
            }

            assertThat(world.done.keySet())
                    .as("seed " + seed)
                    .contains(
                            "grant",
                            "personal token: 201",
                            "service token: 201",
                            "application key: 201",
                            "disable",
                            "enable");
            assertThat(world.allowed).as("seed " + seed).isPositive();
            assertThat(world.refused).as("seed " + seed).isPositive();
        }
    }

    /** What a principal is in the model. */
    private static final class Owner {
        final PrincipalId id;
        final boolean isUser;
        final Set<String> held = new HashSet<>();
        boolean isActive = true;
        int epoch;

        Owner(PrincipalId id, boolean isUser) {
            this.id = id;
            this.isUser = isUser;
        }
    }

    /** What a token is in the model. */
    private static final class Token {
        final Shown shown;
        final Owner owner;
        final int epoch;
        Set<String> scopes;
        boolean isRevoked;

        Token(Shown shown, Owner owner, Collection<String> scopes) {
            this.shown = shown;
            this.owner = owner;
            this.epoch = owner.epoch;
            this.scopes = Set.copyOf(scopes);
        }

        Set<String> authority() {
            if (isRevoked || !owner.isActive || epoch != owner.epoch) {
                return Set.of();
            }
            return owner.held.stream().filter(scopes::contains).collect(Collectors.toSet());
        }

        String path() {
            return (owner.isUser ? TestPerson.TOKENS : TestPerson.serviceTokens(owner.id)) + "/" + shown.id();
        }

        String type() {
            return typeOf(owner);
        }
    }

    /**
     * What an application key of a service account is in the model.
     *
     * @param scopes empty where whatever its owner holds it may do
     */
    private record Key(String text, Owner owner, int epoch, Optional<Set<String>> scopes) {
        Set<String> authority() {
            return owner.isActive && epoch == owner.epoch
                    ? owner.held.stream()
                            .filter(held ->
                                    scopes.map(some -> some.contains(held)).orElse(true))
                            .collect(Collectors.toSet())
                    : Set.of();
        }
    }

    private static String typeOf(Owner owner) {
        return owner.isUser ? "personal_access_tokens" : "service_access_tokens";
    }

    private static final class World {
        final Map<String, Integer> done = new TreeMap<>();
        int allowed;
        int refused;

        private final TestAuthority authority;
        private final Random random;
        private final TestPerson admin;
        private final Map<String, String> roles = new HashMap<>();
        private final List<Owner> owners = new ArrayList<>();
        private final List<Token> tokens = new ArrayList<>();
        private final List<Key> keys = new ArrayList<>();
        private final TestKeys pair;

        World(TestAuthority authority, Random random) {
            this.authority = authority;
            this.random = random;
            this.admin = authority.founds("Acme");
            this.pair = TestKeys.first(admin);
            createsRoles();
            for (var name : List.of("Alice", "Bob")) {
                var person = authority.joins(admin, name, ManagedRole.READ_ONLY);
                var owner = new Owner(person.principal().id(), true);
                owners.add(owner);
                tokens.add(new Token(person.token(), owner, PERMISSIONS));
            }
            for (var i = 0; i < 2; i++) {
                owners.add(new Owner(authority.serves(admin, ManagedRole.READ_ONLY), false));
            }
        }

        /** One for each permission. */
        private void createsRoles() {
            var ids = new HashMap<String, String>();
            admin.calls("GET", "/api/v2/permissions")
                    .json()
                    .get("data")
                    .forEach(permission -> ids.put(
                            permission.at("/attributes/name").stringValue(),
                            permission.get("id").stringValue()));
            for (var name : PERMISSIONS) {
                var data = Map.of(
                        "type", "roles",
                        "attributes", Map.of("name", "may " + name),
                        "relationships",
                                Map.of(
                                        "permissions",
                                        Map.of("data", List.of(Map.of("id", ids.get(name), "type", "permissions")))));
                var created = admin.calls("POST", "/api/v2/roles", TestPerson.document(data));
                assertThat(created.status()).as(created.body()).isEqualTo(200);
                roles.put(name, created.json().at("/data/id").stringValue());
            }
        }

        /** Each kind of change once, so that what follows at random has something to work with. */
        void opens(String when) {
            var alice = owners.getFirst();
            var account = owners.getLast();
            PERMISSIONS.forEach(permission -> grants(alice, permission));
            grants(account, one(PERMISSIONS));
            done.merge("grant", 1, Integer::sum);
            done.merge(mintsPersonal(tokens.getFirst()), 1, Integer::sum);
            done.merge(mintsService(tokens.getFirst(), account), 1, Integer::sum);
            done.merge(mintsKey(account), 1, Integer::sum);
            checks(when);
            done.merge(turns(account), 1, Integer::sum);
            checks(when);
            done.merge(turns(account), 1, Integer::sum);
            checks(when);
        }

        /** Something random; the word for it. */
        String changes() {
            var what = switch (random.nextInt(14)) {
                case 0, 1, 2 -> grants(one(owners), one(PERMISSIONS));
                case 3 -> withdraws(one(owners), one(PERMISSIONS));
                case 4, 5 -> mintsPersonal(one(tokens));
                case 6, 7, 8 -> mintsService(one(tokens), owners.get(2 + random.nextInt(2)));
                case 9 -> edits(one(tokens), one(tokens));
                case 10 -> revokes(one(tokens), one(tokens));
                case 11, 12 -> mintsKey(owners.get(2 + random.nextInt(2)));
                default -> turns(one(owners));
            };
            done.merge(what, 1, Integer::sum);
            return what;
        }

        private String grants(Owner owner, String permission) {
            if (owner.isActive) {
                assertThat(membership("POST", owner, permission)).isEqualTo(200);
                owner.held.add(permission);
            }
            return "grant";
        }

        private String withdraws(Owner owner, String permission) {
            if (owner.held.contains(permission)) {
                assertThat(membership("DELETE", owner, permission)).isEqualTo(200);
                owner.held.remove(permission);
            }
            return "withdraw";
        }

        private int membership(String method, Owner owner, String permission) {
            var data = Map.of("id", owner.id.toString(), "type", "users");
            return admin.calls(method, "/api/v2/roles/" + roles.get(permission) + "/users", TestPerson.document(data))
                    .status();
        }

        private String mintsPersonal(Token maker) {
            return "personal token: " + mints(maker, maker.owner, TestPerson.TOKENS);
        }

        private String mintsService(Token maker, Owner account) {
            return "service token: " + mints(maker, account, TestPerson.serviceTokens(account.id));
        }

        /** By the administrator's own pair, because a token makes no keys. */
        private String mintsKey(Owner account) {
            var scopes = random.nextBoolean() ? Optional.<Set<String>>empty() : Optional.of(Set.of(one(PERMISSIONS)));
            var attributes = new HashMap<String, Object>(Map.of("name", "made"));
            scopes.ifPresent(names -> attributes.put("scopes", names));
            var data = Map.of("type", "application_keys", "attributes", attributes);
            var answer = pair.calls(
                    "POST", "/api/v2/service_accounts/" + account.id + "/application_keys", TestPerson.document(data));
            if (answer.status() == 201) {
                var text = answer.json().at("/data/attributes/key").stringValue();
                keys.add(new Key(text, account, account.epoch, scopes));
            }
            return "application key: " + answer.status();
        }

        private int mints(Token maker, Owner owner, String path) {
            var scopes = someScopes(maker);
            var end = authority.now().plusSeconds(30L * 86_400).toString();
            var answer = asks(
                    maker,
                    "POST",
                    path,
                    Map.of(
                            "type",
                            path.equals(TestPerson.TOKENS) ? "personal_access_tokens" : "service_access_tokens",
                            "attributes",
                            Map.of("name", "made", "scopes", scopes, "expires_at", end)));
            if (answer.status() == 201) {
                assertThat(maker.authority()).as("what the maker reaches").containsAll(scopes);
                assertThat(maker.owner.isUser || !path.equals(TestPerson.TOKENS))
                        .isTrue();
                var data = answer.json().get("data");
                var shown = new Shown(
                        data.get("id").stringValue(), data.at("/attributes/key").stringValue());
                tokens.add(new Token(shown, owner, scopes));
            }
            return answer.status();
        }

        private String edits(Token editor, Token edited) {
            var scopes = someScopes(editor);
            var answer = asks(
                    editor,
                    "PATCH",
                    edited.path(),
                    Map.of("id", edited.shown.id(), "type", edited.type(), "attributes", Map.of("scopes", scopes)));
            if (answer.status() == 200) {
                assertThat(editor.authority())
                        .as("what the editor reaches")
                        .containsAll(scopes)
                        .containsAll(edited.scopes);
                edited.scopes = Set.copyOf(scopes);
            }
            return "edit: " + answer.status();
        }

        private String revokes(Token revoker, Token revoked) {
            var status = authority
                    .call("DELETE", revoked.path())
                    .withToken(revoker.shown.text())
                    .send()
                    .status();
            revoked.isRevoked |= status == 204;
            return "revoke: " + status;
        }

        private String turns(Owner owner) {
            owner.epoch++;
            owner.isActive = !owner.isActive;
            if (!owner.isActive) {
                authority.disables(admin.organization(), owner.id);
                return "disable";
            }
            var enabled = authority.enables(admin.organization(), owner.id);
            if (owner.isUser) {
                tokens.add(new Token(authority.firstToken(admin.organization(), enabled), owner, PERMISSIONS));
            }
            return "enable";
        }

        /** Mostly what the token reaches, so that many a change succeeds. */
        private Set<String> someScopes(Token token) {
            var from = random.nextInt(3) > 0 && !token.authority().isEmpty()
                    ? List.copyOf(new TreeSet<>(token.authority()))
                    : PERMISSIONS;
            var scopes = new TreeSet<String>();
            for (var i = 0; i <= random.nextInt(3); i++) {
                scopes.add(one(from));
            }
            return scopes;
        }

        private TestCall.Answer asks(Token token, String method, String path, Map<String, Object> data) {
            return authority
                    .call(method, path)
                    .withToken(token.shown.text())
                    .withJson(TestPerson.document(data))
                    .send();
        }

        private <T> T one(List<T> of) {
            return of.get(random.nextInt(of.size()));
        }

        /** Every credential at the door, for every operation. */
        void checks(String when) {
            for (var key : keys) {
                for (var operation : OPERATIONS.entrySet()) {
                    var call = authority
                            .nginx("datadog", "GET", operation.getValue())
                            .with("DD-API-KEY", pair.apiKey().text())
                            .with("DD-APPLICATION-KEY", key.text());
                    assertThat(call.send().status() == 200)
                            .as(when + ": key " + keys.indexOf(key) + " for " + operation.getKey())
                            .isEqualTo(key.authority().contains(operation.getKey()));
                }
            }
            for (var token : tokens) {
                var may = token.authority();
                for (var operation : OPERATIONS.entrySet()) {
                    var status = authority
                            .nginx("datadog", "GET", operation.getValue())
                            .withToken(token.shown.text())
                            .send()
                            .status();
                    assertThat(status == 200)
                            .as(when + ": token " + tokens.indexOf(token) + " for " + operation.getKey())
                            .isEqualTo(may.contains(operation.getKey()));
                    if (status == 200) {
                        allowed++;
                    } else {
                        refused++;
                    }
                }
            }
        }
    }
}
