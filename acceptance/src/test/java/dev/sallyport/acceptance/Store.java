package dev.sallyport.acceptance;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/**
 * A store that {@code sallyport init} prepared, and the one token that it printed.
 *
 * @param apiKey empty unless legacy keys were asked for
 * @param applicationKey likewise
 */
record Store(
        Path data,
        List<String> database,
        String token,
        String apiKey,
        String applicationKey,
        String organization,
        String admin,
        String email) {

    static final String ADMIN_EMAIL = "ada@acme.example";

    static Store prepared(Path folder, StoreKind kind) {
        return prepared(folder, kind, List.of());
    }

    /** With an API key and an application key of the administrator. */
    static Store withLegacyKeys(Path folder, StoreKind kind) {
        return prepared(folder, kind, List.of("--with-legacy-keys"));
    }

    private static Store prepared(Path folder, StoreKind kind, List<String> options) {
        var data = folder.resolve("data");
        var database = kind.emptyDatabase();
        var arguments = new ArrayList<>(List.of(
                "init", "--data", data.toString(), "--organization", "Acme", "--admin-email", ADMIN_EMAIL, "--json"));
        arguments.addAll(options);
        arguments.addAll(database);
        var finished = Program.sallyport(arguments.toArray(String[]::new)).run().succeeded();
        var json = JsonMapper.shared().readTree(finished.out());
        return new Store(
                data,
                database,
                json.path("personal_access_token").asString(),
                json.path("api_key").asString(""),
                json.path("application_key").asString(""),
                json.path("organization").path("id").asString(),
                json.path("admin").path("id").asString(),
                json.path("admin").path("email").asString());
    }

    RunningServer serve() {
        return RunningServer.start(data, database.toArray(String[]::new));
    }

    @Override
    public String toString() {
        return "Store(" + data + ")";
    }
}
