package dev.sallyport.cli;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The ids of permissions, by name: people write names, and the calls take ids. */
final class PermissionIds {

    private final Map<String, String> ids;

    private PermissionIds(Map<String, String> ids) {
        this.ids = ids;
    }

    static PermissionIds read(Client client) {
        var ids = new HashMap<String, String>();
        for (var permission : Json.items(client.get("/api/v2/permissions").path("data"))) {
            ids.put(Json.text(permission, "attributes", "name"), Json.text(permission, "id"));
        }
        return new PermissionIds(ids);
    }

    /** In the order of the names; an unknown one is a failure before anything is changed. */
    List<String> of(List<String> names) {
        return names.stream().map(this::of).toList();
    }

    private String of(String name) {
        return Optional.ofNullable(ids.get(name))
                .orElseThrow(() -> new Failure(
                        ExitCode.NOT_FOUND,
                        "No role can hold a permission '" + Text.clean(name)
                                + "'. 'sallyport role show' shows the names of those that a role holds."));
    }

    /** The names of a list that is joined by commas; blank for none. */
    static List<String> names(String list) {
        return Arrays.stream(list.split(",", -1))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .distinct()
                .toList();
    }
}
