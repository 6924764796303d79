package dev.sallyport.directory;

import dev.sallyport.http.FakeRequest;
import dev.sallyport.http.Method;
import dev.sallyport.identity.Principal;
import java.util.List;
import java.util.stream.Collectors;

/** Requests about roles, as clients write them. */
final class RoleRequests {

    private RoleRequests() {}

    static String creation(String name, List<String> permissions) {
        return "{\"data\":{\"type\":\"roles\",\"attributes\":{\"name\":\"" + name + "\"},\"relationships\":"
                + permissions(permissions) + "}}";
    }

    static FakeRequest create(String name, List<String> permissions) {
        return FakeRequest.post("/api/v2/roles", creation(name, permissions));
    }

    static FakeRequest rename(String role, String name) {
        return on(
                role,
                "{\"data\":{\"id\":\"" + role + "\",\"type\":\"roles\",\"attributes\":{\"name\":\"" + name + "\"}}}");
    }

    static FakeRequest holding(String role, List<String> permissions) {
        return on(
                role,
                "{\"data\":{\"id\":\"" + role + "\",\"type\":\"roles\",\"relationships\":" + permissions(permissions)
                        + "}}");
    }

    static FakeRequest copy(String role, String name) {
        return on(role, creation(name, List.of()));
    }

    static FakeRequest permission(String role, String permission) {
        return on(role, "{\"data\":{\"type\":\"permissions\",\"id\":\"" + permission + "\"}}");
    }

    static FakeRequest member(String role, Principal member) {
        return member(role, member.id().toString());
    }

    static FakeRequest member(String role, String member) {
        return on(role, "{\"data\":{\"type\":\"users\",\"id\":\"" + member + "\"}}");
    }

    static FakeRequest role(String role) {
        return FakeRequest.of(Method.GET, "/api/v2/roles/" + role).withPathParameter("role_id", role);
    }

    private static FakeRequest on(String role, String body) {
        return role(role).withBody(body);
    }

    private static String permissions(List<String> ids) {
        return ids.stream()
                .map(id -> "{\"type\":\"permissions\",\"id\":\"" + id + "\"}")
                .collect(Collectors.joining(",", "{\"permissions\":{\"data\":[", "]}}"));
    }
}
