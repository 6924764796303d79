package dev.sallyport;

import dev.sallyport.audit.Actor;
import dev.sallyport.directory.ChangeStanding;
import dev.sallyport.identity.PrincipalId;
import dev.sallyport.permission.ManagedRole;
import dev.sallyport.permission.Permission;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Everybody who could try with something else than a personal access token.
 *
 * @param serviceTokens texts by what is wrong with them; the one that is right comes last
 * @param keys in headers, by what is wrong with them
 */
record MatrixKinds(Map<String, String> serviceTokens, Map<String, Keys> keys) {

    private static final String UNKNOWN_API_KEY = "0123456789abcdef".repeat(2);
    private static final String UNKNOWN_APPLICATION_KEY = "ddapp_" + "Ab1".repeat(11) + "z";

    /** One or both of a pair; empty for what is not sent. */
    record Keys(String apiKey, String applicationKey) {

        static Keys of(TestKeys keys) {
            return new Keys(keys.apiKey().text(), keys.applicationKey().text());
        }

        UnaryOperator<TestCall> inHeaders() {
            return call -> {
                var withOne = apiKey.isEmpty() ? call : call.with("DD-API-KEY", apiKey);
                return applicationKey.isEmpty() ? withOne : withOne.with("DD-APPLICATION-KEY", applicationKey);
            };
        }

        UnaryOperator<TestCall> inQuery() {
            var query = (apiKey.isEmpty() ? "" : "&api_key=" + apiKey)
                    + (applicationKey.isEmpty() ? "" : "&application_key=" + applicationKey);
            return call ->
                    new TestCall(call.method(), call.url() + "?" + query.substring(1), call.headers(), call.body());
        }
    }

    static MatrixKinds on(TestCast cast) {
        return new MatrixKinds(serviceTokens(cast.admin()), keys(cast));
    }

    private static Map<String, String> serviceTokens(TestPerson admin) {
        var authority = admin.authority();
        var account = authority.serves(admin, ManagedRole.ADMIN);
        var disabled = authority.serves(admin, ManagedRole.ADMIN);
        var reader = authority.serves(admin, ManagedRole.READ_ONLY);
        var all = scopes(authority);
        var revoked = admin.issuesTo(account, all);
        admin.calls("DELETE", TestPerson.serviceTokens(account) + "/" + revoked.id());
        var ofDisabled = admin.issuesTo(disabled, all);
        disable(admin, disabled);

        var tokens = new LinkedHashMap<String, String>();
        tokens.put("revoked", revoked.text());
        tokens.put("expired", expiring(admin, account, TestCast.UNTIL_EXPIRED));
        tokens.put("owner disabled", ofDisabled.text());
        tokens.put("without scope", admin.issuesTo(account, "monitors_read").text());
        tokens.put(
                "without permission",
                admin.issuesTo(reader, "monitors_read", "org_management").text());
        tokens.put("right", admin.issuesTo(account, all).text());
        return tokens;
    }

    private static String[] scopes(TestAuthority authority) {
        var permissions = authority.installation.permissions;
        return permissions
                .namesOf(permissions.matching(Permission::isTokenScope))
                .toArray(String[]::new);
    }

    private static String expiring(TestPerson admin, PrincipalId account, Duration life) {
        var expiry = admin.authority().now().plus(life).toString();
        var attributes = Map.of("name", "short", "scopes", List.of("user_access_read"), "expires_at", expiry);
        var data = Map.of("type", "service_access_tokens", "attributes", attributes);
        var answer = admin.calls("POST", TestPerson.serviceTokens(account), TestPerson.document(data));
        return TestKeys.shown(answer).text();
    }

    private static void disable(TestPerson admin, PrincipalId account) {
        var actor = Actor.operator(admin.organization().id());
        var result = admin.authority().installation.directory.change(actor, account, ChangeStanding.To.DISABLED);
        if (!(result instanceof ChangeStanding.Result.Changed)) {
            throw new AssertionError(result);
        }
    }

    private static Map<String, Keys> keys(TestCast cast) {
        var right = cast.keys();
        var stranger = TestKeys.first(cast.stranger());
        var leaver = leaver(right);
        var api = right.apiKey().text();
        var application = right.applicationKey().text();
        var revokedApi = right.createdApiKey("revoked");
        ends(right, TestKeys.API_KEYS + "/" + revokedApi.id());
        var revoked = right.createdUnscoped(TestKeys.OWN, "revoked");
        ends(right, TestKeys.OWN + "/" + revoked.id());

        var keys = new LinkedHashMap<String, Keys>();
        keys.put("app alone", new Keys("", application));
        keys.put("app unknown", new Keys(api, UNKNOWN_APPLICATION_KEY));
        keys.put("app junk", new Keys(api, "junk"));
        keys.put("app revoked", new Keys(api, revoked.text()));
        keys.put("owner disabled", new Keys(api, leaver.applicationKey().text()));
        keys.put("app elsewhere", new Keys(api, stranger.applicationKey().text()));
        keys.put("api elsewhere", new Keys(stranger.apiKey().text(), application));
        keys.put("api unknown", new Keys(UNKNOWN_API_KEY, application));
        keys.put("api junk", new Keys("junk", application));
        keys.put("api revoked", new Keys(revokedApi.text(), application));
        keys.put(
                "other organization",
                new Keys(stranger.apiKey().text(), stranger.applicationKey().text()));
        keys.put(
                "without scope",
                new Keys(
                        api,
                        right.created(TestKeys.OWN, "narrow", "monitors_read").text()));
        keys.put(
                "scoped",
                new Keys(
                        api,
                        right.created(
                                        TestKeys.OWN,
                                        "scoped",
                                        scopes(right.person().authority()))
                                .text()));
        keys.put("unscoped", new Keys(api, application));
        keys.put("lone junk", new Keys("junk", ""));
        keys.put("lone unknown", new Keys(UNKNOWN_API_KEY, ""));
        keys.put("lone revoked", new Keys(revokedApi.text(), ""));
        keys.put("lone other organization", new Keys(stranger.apiKey().text(), ""));
        keys.put("lone right", new Keys(api, ""));
        return keys;
    }

    /** The names of API keys are unique, so the first one makes room. */
    private static TestKeys leaver(TestKeys admin) {
        var authority = admin.person().authority();
        var id = admin.apiKey().id();
        var renamed =
                admin.calls("PATCH", TestKeys.API_KEYS + "/" + id, TestKeys.document("api_keys", id, "of the admin"));
        if (renamed.status() != 200) {
            throw new AssertionError(renamed);
        }
        var leaver = TestKeys.first(authority.joins(admin.person(), "Lena", ManagedRole.ADMIN));
        authority.disables(leaver.person());
        return leaver;
    }

    private static void ends(TestKeys keys, String path) {
        var answer = keys.calls("DELETE", path);
        if (answer.status() != 204) {
            throw new AssertionError(answer);
        }
    }
}
