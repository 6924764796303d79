package dev.sallyport;

import dev.sallyport.permission.ManagedRole;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;

/** A request for every route, about things of the organization of the cast, that succeeds for whoever may send it. */
final class SampleCalls {

    /** @param call without a credential; a new one each time, about a new thing where the call may end it */
    record Sample(String operation, String title, Supplier<TestCall> call) {}

    private static final String WEBHOOKS = "/sallyport/v1/webhooks";

    /** Loopback is refused when a message is sent, so nothing leaves the machine. */
    private static final String WEBHOOK = json(Map.of("name", "pager", "url", "https://localhost/hook"));

    private final TestAuthority authority;
    private final TestPerson admin;
    private final String kept;
    private final DirectorySamples directory;
    private final KeySamples keys;
    private final RuleSamples rules;
    private final String serviceTokens;
    private final String keptOfService;

    SampleCalls(TestCast cast) {
        this.admin = cast.admin();
        this.authority = admin.authority();
        this.kept = admin.issues("monitors_read").id();
        this.directory = new DirectorySamples(admin);
        this.keys = new KeySamples(cast.keys());
        this.rules = new RuleSamples(admin);
        var account = authority.serves(admin, ManagedRole.READ_ONLY);
        this.serviceTokens = TestPerson.serviceTokens(account);
        this.keptOfService = admin.issuesTo(account, "monitors_read").id();
    }

    Set<String> operations() {
        return all().stream().map(Sample::operation).collect(Collectors.toCollection(LinkedHashSet::new));
    }

    List<Sample> all() {
        var all = new ArrayList<Sample>();
        all.addAll(directory.all());
        all.addAll(tokens());
        all.addAll(keys.all());
        all.addAll(rules.all());
        all.addAll(serviceTokens());
        all.addAll(audit());
        all.addAll(webhooks());
        all.addAll(decisions());
        all.addAll(new AuthzenSamples(admin).all());
        all.addAll(apis());
        all.addAll(open());
        return all;
    }

    private List<Sample> tokens() {
        var path = TestPerson.TOKENS + "/{token_id}";
        return List.of(
                new Sample("CreatePersonalAccessToken", "POST " + TestPerson.TOKENS, this::creation),
                get("ListPersonalAccessTokens", TestPerson.TOKENS),
                get("GetPersonalAccessToken", path, kept),
                new Sample("UpdatePersonalAccessToken", "PATCH " + path, this::edit),
                new Sample("RevokePersonalAccessToken", "DELETE " + path, this::revocation));
    }

    private TestCall creation() {
        var expiry = authority.now().plusSeconds(2 * 86_400).toString();
        var attributes = Map.of("name", "laptop", "scopes", List.of("monitors_read"), "expires_at", expiry);
        return authority
                .call("POST", TestPerson.TOKENS)
                .withJson(TestPerson.document(Map.of("type", "personal_access_tokens", "attributes", attributes)));
    }

    private TestCall edit() {
        var data = Map.of("id", kept, "type", "personal_access_tokens", "attributes", Map.of("name", "desktop"));
        return authority.call("PATCH", TestPerson.TOKENS + "/" + kept).withJson(TestPerson.document(data));
    }

    private TestCall revocation() {
        return authority.call(
                "DELETE",
                TestPerson.TOKENS + "/" + admin.issues("monitors_read").id());
    }

    private List<Sample> serviceTokens() {
        var path = "/api/v2/service_accounts/{service_account_id}/access_tokens";
        return List.of(
                new Sample("CreateServiceAccountAccessToken", "POST " + path, this::serviceCreation),
                new Sample("ListServiceAccountAccessTokens", "GET " + path, () -> authority.call("GET", serviceTokens)),
                new Sample(
                        "GetServiceAccountAccessToken",
                        "GET " + path + "/{token_id}",
                        () -> authority.call("GET", serviceTokens + "/" + keptOfService)),
                new Sample("UpdateServiceAccountAccessToken", "PATCH " + path + "/{token_id}", this::serviceEdit),
                new Sample(
                        "RevokeServiceAccountAccessToken",
                        "DELETE " + path + "/{token_id}",
                        () -> authority.call("DELETE", serviceTokens + "/" + createdForService())));
    }

    private TestCall serviceCreation() {
        var expiry = authority.now().plusSeconds(2 * 86_400).toString();
        var attributes = Map.of("name", "ci", "scopes", List.of("monitors_read"), "expires_at", expiry);
        return authority
                .call("POST", serviceTokens)
                .withJson(TestPerson.document(Map.of("type", "service_access_tokens", "attributes", attributes)));
    }

    private TestCall serviceEdit() {
        var data = Map.of("id", keptOfService, "type", "service_access_tokens", "attributes", Map.of("name", "cd"));
        return authority.call("PATCH", serviceTokens + "/" + keptOfService).withJson(TestPerson.document(data));
    }

    private String createdForService() {
        var created = serviceCreation().withToken(admin.token().text()).send().json();
        return created.at("/data/id").stringValue();
    }

    private List<Sample> audit() {
        var search = json(Map.of("filter", Map.of("query", "*")));
        return List.of(
                get("ListAuditLogs", "/api/v2/audit/events"),
                new Sample(
                        "SearchAuditLogs",
                        "POST /api/v2/audit/events/search",
                        () -> authority
                                .call("POST", "/api/v2/audit/events/search")
                                .withJson(search)));
    }

    private List<Sample> webhooks() {
        var one = WEBHOOKS + "/{webhook_id}";
        return List.of(
                new Sample("CreateWebhook", "POST " + WEBHOOKS, () -> {
                    forgetWebhooks();
                    return authority.call("POST", WEBHOOKS).withJson(WEBHOOK);
                }),
                get("ListWebhooks", WEBHOOKS),
                onWebhook("ReadWebhook", "GET", one, "", ""),
                onWebhook("EditWebhook", "PATCH", one, "", json(Map.of("name", "on call"))),
                onWebhook("RotateWebhookSecret", "POST", one + "/rotate", "/rotate", ""),
                onWebhook("TestWebhook", "POST", one + "/test", "/test", ""),
                onWebhook("ListWebhookDeliveries", "GET", one + "/deliveries", "/deliveries", ""),
                onWebhook("DeleteWebhook", "DELETE", one, "", ""));
    }

    private Sample onWebhook(String operation, String method, String template, String part, String body) {
        return new Sample(operation, method + " " + template, () -> {
            forgetWebhooks();
            var id = admin.calls("POST", WEBHOOKS, WEBHOOK)
                    .json()
                    .at("/webhook/id")
                    .stringValue();
            var call = authority.call(method, WEBHOOKS + "/" + id + part);
            return body.isEmpty() ? call : call.withJson(body);
        });
    }

    /** There may be twenty only. */
    private void forgetWebhooks() {
        admin.calls("GET", WEBHOOKS)
                .json()
                .path("webhooks")
                .forEach(webhook -> admin.calls(
                        "DELETE", WEBHOOKS + "/" + webhook.path("id").stringValue()));
    }

    private List<Sample> decisions() {
        var question = json(Map.of("api", TestCast.API, "method", "GET", "path", "/invoices"));
        return List.of(
                new Sample(
                        "Decide",
                        "POST /sallyport/v1/decide",
                        () -> authority.call("POST", "/sallyport/v1/decide").withJson(question)),
                new Sample(
                        "ExplainDecision",
                        "GET /sallyport/v1/decisions/{decision_id}",
                        () -> authority.call("GET", "/sallyport/v1/decisions/dec_00000001000000010000000000000001")),
                new Sample(
                        "ChooseCredential",
                        "POST /sallyport/v1/choose",
                        () -> authority.call("POST", "/sallyport/v1/choose").withJson("{\"what\":\"intake\"}")),
                new Sample(
                        "IntrospectCredential",
                        "POST /oauth2/v1/introspect",
                        () -> authority.call("POST", "/oauth2/v1/introspect").withForm("token=unknown")),
                new Sample(
                        "NginxDoor",
                        "GET /gateway/nginx/{api}, of one organization",
                        () -> authority.nginx(TestCast.API, "GET", "/invoices")),
                new Sample(
                        "NginxDoor",
                        "GET /gateway/nginx/{api}, of everybody",
                        () -> authority.nginx("datadog", "GET", "/api/v2/roles")),
                new Sample(
                        "ForwardAuthDoor",
                        "GET /gateway/forward-auth/{api}",
                        () -> authority.forwardAuth(TestCast.API, "GET", "/invoices")),
                new Sample(
                        "EnvoyDoor",
                        "ANY /gateway/envoy/{api}/{path...}",
                        () -> authority.envoy(TestCast.API, "GET", "/invoices")));
    }

    private List<Sample> apis() {
        var body = json(Map.of("id", TestCast.API, "host", "billing.example.com", "document", TestCast.example()));
        return List.of(
                new Sample(
                        "ImportApi",
                        "POST /sallyport/v1/apis",
                        () -> authority.atDoors("POST", "/sallyport/v1/apis").withJson(body)),
                atDoors("ListApis", "/sallyport/v1/apis", ""),
                atDoors("ReadApi", "/sallyport/v1/apis/{api_id}", TestCast.API));
    }

    private List<Sample> open() {
        return List.of(
                atDoors("Metrics", "/metrics", ""),
                get("Health", "/healthz"),
                get("Ready", "/readyz"),
                new Sample("Health", "GET /healthz, at the doors", () -> authority.atDoors("GET", "/healthz")),
                new Sample("Ready", "GET /readyz, at the doors", () -> authority.atDoors("GET", "/readyz")),
                get("Jwks", "/.well-known/jwks.json"),
                get("ShowSetupPage", "/setup"),
                get("ShowInvitationPage", "/console/invitation"),
                new Sample(
                        "AcceptInvitation",
                        "POST /console/invitation",
                        () -> authority.call("POST", "/console/invitation").withForm("code=used")),
                new Sample(
                        "RedeemSetupLink",
                        "POST /setup",
                        () -> authority.call("POST", "/setup").withForm("code=used")));
    }

    private Sample get(String operation, String path) {
        return get(operation, path, "");
    }

    private Sample get(String operation, String template, String id) {
        return new Sample(operation, "GET " + template, () -> authority.call("GET", filled(template, id)));
    }

    private Sample atDoors(String operation, String template, String id) {
        return new Sample(operation, "GET " + template, () -> authority.atDoors("GET", filled(template, id)));
    }

    private static String filled(String template, String id) {
        return template.replaceAll("\\{[a-z_]+}", id);
    }

    private static String json(Object value) {
        return JsonMapper.shared().writeValueAsString(value);
    }
}
