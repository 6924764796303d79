package dev.sallyport.token;

import dev.sallyport.http.FakeRequest;
import dev.sallyport.http.Method;
import dev.sallyport.http.Response;
import dev.sallyport.identity.Caller;
import dev.sallyport.identity.PrincipalId;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What callers do to the tokens of one service account. */
record TestServiceTokens(TestTokens test, String account) {

    static final String PATH = "/api/v2/service_accounts/{service_account_id}/access_tokens";

    static TestServiceTokens of(TestTokens test, PrincipalId account) {
        return new TestServiceTokens(test, account.toString());
    }

    /** @param expiresAt null to leave it out */
    Response issue(Caller caller, String name, @Nullable Instant expiresAt, String... scopes) {
        return issue(caller, "service_access_tokens", name, expiresAt, scopes);
    }

    Response issue(Caller caller, String type, String name, @Nullable Instant expiresAt, String... scopes) {
        var attributes = new LinkedHashMap<String, Object>(Map.of("name", name, "scopes", List.of(scopes)));
        if (expiresAt != null) {
            attributes.put("expires_at", expiresAt.toString());
        }
        var body =
                JsonMapper.shared().writeValueAsString(Map.of("data", Map.of("type", type, "attributes", attributes)));
        return test.call(Method.POST, PATH, caller, at(Method.POST, PATH).withBody(body));
    }

    /** The data of the answer to a request for a token without an end. */
    JsonNode issued(Caller caller, String name, String... scopes) {
        return TestTokens.json(issue(caller, name, null, scopes)).path("data");
    }

    /** @param query names and values by turns */
    Response list(Caller caller, String... query) {
        var request = at(Method.GET, PATH);
        for (var i = 0; i < query.length; i += 2) {
            request = request.withQuery(query[i], query[i + 1]);
        }
        return test.call(Method.GET, PATH, caller, request);
    }

    Response read(Caller caller, String id) {
        return test.call(Method.GET, PATH + "/{token_id}", caller, one(Method.GET, id));
    }

    /** @param attributes the JSON of them */
    Response edit(Caller caller, String id, String attributes) {
        var body = "{\"data\":{\"id\":\"" + id + "\",\"type\":\"service_access_tokens\",\"attributes\":" + attributes
                + "}}";
        return test.call(
                Method.PATCH,
                PATH + "/{token_id}",
                caller,
                one(Method.PATCH, id).withBody(body));
    }

    Response revoke(Caller caller, String id) {
        return test.call(Method.DELETE, PATH + "/{token_id}", caller, one(Method.DELETE, id));
    }

    private FakeRequest one(Method method, String id) {
        return at(method, PATH + "/" + id).withPathParameter("token_id", id);
    }

    private FakeRequest at(Method method, String path) {
        return FakeRequest.of(method, path).withPathParameter("service_account_id", account);
    }
}
