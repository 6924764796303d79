package dev.sallyport;

import dev.sallyport.SampleCalls.Sample;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** A request for every route that looks after credentials of all kinds: rules, the inventory, reports of leaks. */
final class RuleSamples {

    private static final String RULES = "/sallyport/v1/credential_rules";
    private static final String LIMITS = "/sallyport/v1/call_limits";
    private static final String CREDENTIALS = "/sallyport/v1/credentials";
    private static final String CREDENTIAL = CREDENTIALS + "/{credential_id}";
    private static final String CHECK = "/sallyport/v1/choose/check";
    private static final String LEAKS = "/sallyport/v1/leaks";

    private final TestPerson admin;
    private final TestAuthority authority;
    private final String kept;

    RuleSamples(TestPerson admin) {
        this.admin = admin;
        this.authority = admin.authority();
        this.kept = admin.issues("monitors_read").id();
    }

    List<Sample> all() {
        var all = new ArrayList<Sample>();
        all.addAll(rules());
        all.addAll(limits());
        all.addAll(inventory());
        all.addAll(leaks());
        return all;
    }

    private List<Sample> rules() {
        return List.of(
                new Sample("GetCredentialRules", "GET " + RULES, () -> authority.call("GET", RULES)),
                new Sample(
                        "SetCredentialRules",
                        "PUT " + RULES,
                        () -> authority
                                .call("PUT", RULES)
                                .withJson(admin.calls("GET", RULES).body())),
                sent(
                        "PreviewCredentialRules",
                        RULES + "/preview",
                        Map.of("rules", Map.of("api_key", Map.of("unused_days", 30)))),
                new Sample(
                        "SetCredentialAddresses",
                        "PUT " + CREDENTIAL + "/addresses",
                        () -> authority
                                .call("PUT", CREDENTIALS + "/" + kept + "/addresses")
                                .withJson("{\"addresses\":[\"192.0.2.0/24\"]}")));
    }

    private List<Sample> limits() {
        return List.of(
                new Sample("GetCallLimits", "GET " + LIMITS, () -> authority.call("GET", LIMITS)),
                new Sample(
                        "SetCallLimits",
                        "PUT " + LIMITS,
                        () -> authority
                                .call("PUT", LIMITS)
                                .withJson(admin.calls("GET", LIMITS).body())));
    }

    private List<Sample> inventory() {
        return List.of(
                new Sample("ListCredentials", "GET " + CREDENTIALS, () -> authority.call("GET", CREDENTIALS)),
                new Sample("GetCredential", "GET " + CREDENTIAL, () -> authority.call("GET", CREDENTIALS + "/" + kept)),
                new Sample(
                        "GetCredentialUsage",
                        "GET " + CREDENTIAL + "/usage",
                        () -> authority.call("GET", CREDENTIALS + "/" + kept + "/usage")),
                new Sample(
                        "ShrinkCredential",
                        "POST " + CREDENTIAL + "/shrink",
                        () -> authority
                                .call("POST", CREDENTIALS + "/" + kept + "/shrink")
                                .withJson("{\"keep\":[\"monitors_read\"]}")),
                new Sample("CheckCredentials", "GET " + CHECK, () -> authority.call("GET", CHECK)),
                sent(
                        "RevokeCredentials",
                        CREDENTIALS + "/revoke",
                        Map.of("filter", Map.of("kind", List.of("personal_access_token")), "dry_run", true)));
    }

    /** Only GitHub could sign a report, so none is let in here. */
    private List<Sample> leaks() {
        return List.of(
                new Sample(
                        "ListLeakPatterns",
                        "GET " + LEAKS + "/patterns",
                        () -> authority.call("GET", LEAKS + "/patterns")),
                sent("ReportLeaks", LEAKS + "/github", List.of()),
                sent("RevokeLeakedCredential", LEAKS + "/revoke", Map.of("credential", "ddpat_junk")),
                sent("LookUpLeakedCredentials", LEAKS + "/lookup", Map.of("credentials", List.of("ddpat_junk"))));
    }

    private Sample sent(String operation, String path, Object body) {
        return new Sample(
                operation,
                "POST " + path,
                () -> authority.call("POST", path).withJson(JsonMapper.shared().writeValueAsString(body)));
    }
}
