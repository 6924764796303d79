package dev.sallyport;

import dev.sallyport.TestCall.Answer;
import dev.sallyport.audit.Actor;
import dev.sallyport.directory.Directory;
import dev.sallyport.feed.Change;
import dev.sallyport.feed.Outcome;
import dev.sallyport.identity.PrincipalId;
import dev.sallyport.key.IssuedKey;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A person who works with a pair of keys. */
record TestKeys(TestPerson person, Shown apiKey, Shown applicationKey) {

    static final String OWN = "/api/v2/current_user/application_keys";
    static final String OF_ALL = "/api/v2/application_keys";
    static final String API_KEYS = "/api/v2/api_keys";

    /** A key as whoever created it saw it. */
    record Shown(String id, String text) {}

    /** What {@code init --with-legacy-keys} gives. */
    static TestKeys first(TestPerson person) {
        var installation = person.authority().installation;
        var organization = person.organization();
        var first = installation.feed.change(transaction -> {
            var keys = installation.legacyKeys.issueFirst(
                    transaction, organization, person.principal(), Actor.operator(organization.id()));
            var id = organization.id();
            return Outcome.changed(new Change(Directory.ORGANIZATION, id.value(), id.toString()), keys);
        });
        return new TestKeys(person, shown(first.apiKey()), shown(first.applicationKey()));
    }

    private static Shown shown(IssuedKey key) {
        return new Shown(key.key().id().toString(), key.secret().reveal());
    }

    TestKeys with(Shown otherApplicationKey) {
        return new TestKeys(person, apiKey, otherApplicationKey);
    }

    TestKeys beside(Shown otherApiKey) {
        return new TestKeys(person, otherApiKey, applicationKey);
    }

    TestCall call(String method, String path) {
        return person.authority()
                .call(method, path)
                .with("DD-API-KEY", apiKey.text())
                .with("DD-APPLICATION-KEY", applicationKey.text());
    }

    Answer calls(String method, String path) {
        return call(method, path).send();
    }

    Answer calls(String method, String path, String json) {
        return call(method, path).withJson(json).send();
    }

    Answer creates(String path, String name, String @Nullable ... scopes) {
        return calls("POST", path, document("application_keys", null, name, scopes));
    }

    Shown created(String path, String name, String... scopes) {
        return shown(creates(path, name, scopes));
    }

    /** An application key that does all that its owner may do. */
    Shown createdUnscoped(String path, String name) {
        return shown(calls("POST", path, document("application_keys", null, name)));
    }

    Shown createdApiKey(String name) {
        return shown(calls("POST", API_KEYS, document("api_keys", null, name)));
    }

    static Shown shown(Answer answer) {
        if (answer.status() != 201) {
            throw new AssertionError(answer);
        }
        JsonNode data = answer.json().get("data");
        return new Shown(
                data.get("id").stringValue(), data.at("/attributes/key").stringValue());
    }

    static String document(String type, @Nullable String id, @Nullable String name, String @Nullable ... scopes) {
        var attributes = new HashMap<String, Object>();
        if (name != null) {
            attributes.put("name", name);
        }
        if (scopes != null && scopes.length > 0) {
            attributes.put("scopes", scopes);
        }
        var data = new HashMap<String, Object>(Map.of("type", type, "attributes", attributes));
        if (id != null) {
            data.put("id", id);
        }
        return JsonMapper.shared().writeValueAsString(Map.of("data", data));
    }

    /** A service account of the person's organization that has the role of that name. */
    PrincipalId addsServiceAccount(String name, String role) {
        var installation = person.authority().installation;
        var organization = person.organization().id();
        var id = PrincipalId.random();
        var now = person.authority().now();
        return installation.feed.change(transaction -> {
            transaction
                    .sql("""
                            INSERT INTO principal (id, organization_id, kind, email, email_folded, name, name_folded, state,
                                epoch, created_at, modified_at)
                            VALUES (?, ?, 'service_account', ?, ?, ?, ?, 'active', 0, ?, ?)
                            """)
                    .with(id.value(), organization.value(), "sa@example.com", "sa@example.com", name, name, now, now)
                    .update();
            transaction.sql("""
                            INSERT INTO role_member (role_id, principal_id, organization_id)
                            SELECT id, ?, organization_id FROM role WHERE organization_id = ? AND managed = ?
                            """).with(id.value(), organization.value(), role).update();
            return Outcome.changed(new Change(Directory.PRINCIPAL, organization.value(), id.toString()), id);
        });
    }
}
