package dev.sallyport;

import dev.sallyport.SampleCalls.Sample;
import dev.sallyport.identity.PrincipalId;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** A request for every route of keys. */
final class KeySamples {

    private static final String KEYS = "application_keys";

    private final TestKeys keys;
    private final PrincipalId account;
    private final Doomed apiKey = new Doomed();

    /** An API key that is there each time somebody tries to delete it: an organization has few. */
    private final class Doomed {
        private String id = "";

        String id() {
            if (id.isEmpty() || keys.calls("GET", TestKeys.API_KEYS + "/" + id).status() == 404) {
                id = keys.createdApiKey("doomed").id();
            }
            return id;
        }
    }

    KeySamples(TestKeys keys) {
        this.keys = keys;
        this.account = keys.addsServiceAccount("robot", "read_only");
    }

    List<Sample> all() {
        var ofAccount = "/api/v2/service_accounts/{service_account_id}/application_keys";
        var all = new ArrayList<Sample>();
        all.addAll(family("CurrentUserApplicationKey", TestKeys.OWN, true));
        all.addAll(family("ServiceAccountApplicationKey", ofAccount, true));
        all.addAll(family("ApplicationKey", TestKeys.OF_ALL, false));
        all.addAll(apiKeys());
        all.add(get("Validate", "/api/v1/validate", ""));
        all.add(get("ValidateV2", "/api/v2/validate", ""));
        return all;
    }

    private List<Sample> family(String noun, String template, boolean hasCreation) {
        var path = filled(template, "");
        var home = hasCreation ? path : TestKeys.OWN;
        var kept = keys.created(home, "kept", "monitors_read").id();
        var one = template + "/{app_key_id}";
        var samples = new ArrayList<>(List.of(
                get("List" + noun + "s", template, ""),
                get("Get" + noun, one, kept),
                new Sample(
                        "Update" + noun, "PATCH " + one, () -> call("PATCH", path + "/" + kept, document(KEYS, kept))),
                new Sample("Delete" + noun, "DELETE " + one, () -> {
                    var doomed = keys.created(home, "doomed", "monitors_read").id();
                    return keys.person().authority().call("DELETE", path + "/" + doomed);
                })));
        if (hasCreation) {
            samples.add(
                    new Sample("Create" + noun, "POST " + template, () -> call("POST", path, document(KEYS, null))));
        }
        return samples;
    }

    private List<Sample> apiKeys() {
        var path = TestKeys.API_KEYS;
        var one = path + "/{api_key_id}";
        var kept = keys.apiKey().id();
        return List.of(
                get("ListAPIKeys", path, ""),
                get("GetAPIKey", one, kept),
                new Sample("CreateAPIKey", "POST " + path, () -> call("POST", path, document("api_keys", null))),
                new Sample(
                        "UpdateAPIKey",
                        "PATCH " + one,
                        () -> call("PATCH", path + "/" + kept, document("api_keys", kept))),
                new Sample(
                        "DeleteAPIKey",
                        "DELETE " + one,
                        () -> keys.person().authority().call("DELETE", path + "/" + apiKey.id())));
    }

    /** A new name each time: those of API keys are unique. */
    private static String document(String type, @org.jspecify.annotations.Nullable String id) {
        return TestKeys.document(type, id, "key " + UUID.randomUUID());
    }

    private TestCall call(String method, String path, String json) {
        return keys.person().authority().call(method, path).withJson(json);
    }

    private Sample get(String operation, String template, String id) {
        return new Sample(
                operation, "GET " + template, () -> keys.person().authority().call("GET", filled(template, id)));
    }

    private String filled(String template, String id) {
        return template.replace("{service_account_id}", account.toString()).replaceAll("\\{[a-z_]+}", id);
    }
}
