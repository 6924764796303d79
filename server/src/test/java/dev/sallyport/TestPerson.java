package dev.sallyport;

import dev.sallyport.TestCall.Answer;
import dev.sallyport.identity.Organization;
import dev.sallyport.identity.Principal;
import dev.sallyport.identity.PrincipalId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** A user, and the first token that the user works with. */
record TestPerson(TestAuthority authority, Organization organization, Principal principal, Shown token) {

    static final String TOKENS = "/api/v2/personal_access_tokens";

    /** A token as its owner saw it. */
    record Shown(String id, String text) {}

    /** A token of thirty days. */
    Shown issues(String... scopes) {
        return issues(Duration.ofDays(30), scopes);
    }

    Shown issues(Duration life, String... scopes) {
        var expiry = authority.now().plus(life).toString();
        var attributes = Map.of("name", "laptop", "scopes", List.of(scopes), "expires_at", expiry);
        var answer =
                calls("POST", TOKENS, document(Map.of("type", "personal_access_tokens", "attributes", attributes)));
        var data = expect(201, answer).json().get("data");
        return new Shown(
                data.get("id").stringValue(), data.at("/attributes/key").stringValue());
    }

    static String serviceTokens(PrincipalId account) {
        return "/api/v2/service_accounts/" + account + "/access_tokens";
    }

    /** A token of thirty days for a service account. */
    Shown issuesTo(PrincipalId account, String... scopes) {
        var expiry = authority.now().plus(Duration.ofDays(30)).toString();
        var attributes = Map.of("name", "ci", "scopes", List.of(scopes), "expires_at", expiry);
        var data = Map.of("type", "service_access_tokens", "attributes", attributes);
        var created = expect(201, calls("POST", serviceTokens(account), document(data)))
                .json()
                .get("data");
        return new Shown(
                created.get("id").stringValue(), created.at("/attributes/key").stringValue());
    }

    void revokes(Shown shown) {
        expect(204, calls("DELETE", TOKENS + "/" + shown.id()));
    }

    void rescopes(Shown shown, String... scopes) {
        var data = Map.of(
                "id", shown.id(),
                "type", "personal_access_tokens",
                "attributes", Map.of("scopes", List.of(scopes)));
        expect(200, calls("PATCH", TOKENS + "/" + shown.id(), document(data)));
    }

    void imports(String api, String document) {
        var body = Map.of("id", api, "host", api + ".example.com", "document", document);
        var call = authority.atDoors("POST", "/sallyport/v1/apis").withToken(token.text());
        expect(201, call.withJson(JsonMapper.shared().writeValueAsString(body)).send());
    }

    Answer calls(String method, String path) {
        return authority.call(method, path).withToken(token.text()).send();
    }

    Answer calls(String method, String path, String json) {
        return authority
                .call(method, path)
                .withToken(token.text())
                .withJson(json)
                .send();
    }

    /** The same person with a token of every scope that there is by now. */
    TestPerson renewed() {
        return new TestPerson(authority, organization, principal, authority.firstToken(organization, principal));
    }

    static String document(Object data) {
        return JsonMapper.shared().writeValueAsString(Map.of("data", data));
    }

    private static Answer expect(int status, Answer answer) {
        if (answer.status() != status) {
            throw new AssertionError("not " + status + ": " + answer);
        }
        return answer;
    }
}
