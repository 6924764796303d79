package dev.sallyport;

import dev.sallyport.SampleCalls.Sample;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;

/** A request for every route of users, roles and service accounts. */
final class DirectorySamples {

    private static final String ROLES = "/api/v2/roles";
    private static final String ROLE = ROLES + "/{role_id}";
    private static final String USER = "/api/v2/users/{user_id}";
    private static final String ACCOUNTS = "/sallyport/v1/service_accounts";

    private final TestPerson admin;
    private final TestAuthority authority;
    private final String self;
    private final String managedRole;
    private final String customRole;
    private final String permission;
    private String doomedRole = "";

    DirectorySamples(TestPerson admin) {
        this.admin = admin;
        this.authority = admin.authority();
        this.self = admin.principal().id().toString();
        this.managedRole = admin.calls("GET", ROLES).json().at("/data/0/id").stringValue();
        this.customRole = createdRole();
        this.permission = permission("dashboards_write");
    }

    List<Sample> all() {
        var all = new ArrayList<Sample>();
        all.addAll(own());
        all.addAll(users());
        all.addAll(invitations());
        all.addAll(roles());
        all.addAll(contents());
        all.addAll(serviceAccounts());
        return all;
    }

    private List<Sample> own() {
        return List.of(
                get("ValidateAPIKey", "/api/v2/validate_keys", ""),
                get("GetCurrentUser", "/api/v2/current_user", ""),
                sent("UpdateCurrentUser", "PATCH", "/api/v2/current_user", "", () -> user(Map.of("name", "Ann"))),
                get("ListPermissions", "/api/v2/permissions", ""));
    }

    private List<Sample> users() {
        return List.of(
                get("ListUsers", "/api/v2/users", ""),
                get("GetUser", USER, self),
                get("ListUserOrganizations", USER + "/orgs", self),
                get("ListUserPermissions", USER + "/permissions", self),
                sent("CreateUser", "POST", "/api/v2/users", "", DirectorySamples::newUser),
                sent("UpdateUser", "PATCH", USER, self, () -> user(Map.of("title", "Founder"))),
                delete("DisableUser", USER, this::newcomer),
                delete("RemoveUser", "/sallyport/v1/users/{user_id}", this::newcomer));
    }

    private List<Sample> invitations() {
        var path = "/api/v2/user_invitations";
        return List.of(
                sent("SendInvitations", "POST", path, "", () -> List.of(invitation())),
                new Sample(
                        "GetInvitation",
                        "GET " + path + "/{user_invitation_uuid}",
                        () -> authority.call("GET", path + "/" + invited())),
                delete("DeleteUserInvitations", USER + "/invitations", this::newcomer));
    }

    private List<Sample> roles() {
        return List.of(
                get("ListRoles", ROLES, ""),
                get("GetRole", ROLE, managedRole),
                sent("CreateRole", "POST", ROLES, "", DirectorySamples::newRole),
                sent("UpdateRole", "PATCH", ROLE, customRole, this::renamedRole),
                delete("DeleteRole", ROLE, this::doomedRole),
                sent("CloneRole", "POST", ROLE + "/clone", managedRole, DirectorySamples::newRole));
    }

    private List<Sample> contents() {
        var granted = Map.of("type", "permissions", "id", permission);
        return List.of(
                get("ListRolePermissions", ROLE + "/permissions", managedRole),
                sent("AddPermissionToRole", "POST", ROLE + "/permissions", customRole, () -> granted),
                sent("RemovePermissionFromRole", "DELETE", ROLE + "/permissions", customRole, () -> granted),
                get("ListRoleUsers", ROLE + "/users", managedRole),
                sent("AddUserToRole", "POST", ROLE + "/users", customRole, this::newMember),
                sent("RemoveUserFromRole", "DELETE", ROLE + "/users", customRole, this::newMember));
    }

    private List<Sample> serviceAccounts() {
        var one = ACCOUNTS + "/{service_account_id}";
        var account = authority
                .serves(admin, dev.sallyport.permission.ManagedRole.READ_ONLY)
                .toString();
        var owner = tools.jackson.databind.json.JsonMapper.shared().writeValueAsString(Map.of("owner", self));
        return List.of(
                sent("CreateServiceAccount", "POST", "/api/v2/service_accounts", "", DirectorySamples::newAccount),
                get("ListServiceAccounts", ACCOUNTS, ""),
                new Sample(
                        "HandOverServiceAccount",
                        "PATCH " + one,
                        () -> authority.call("PATCH", filled(one, account)).withJson(owner)));
    }

    private Map<String, ?> user(Map<String, ?> attributes) {
        return Map.of("type", "users", "id", self, "attributes", attributes);
    }

    private static Map<String, ?> newUser() {
        return Map.of("type", "users", "attributes", Map.of("email", UUID.randomUUID() + "@example.com"));
    }

    private static Map<String, ?> newAccount() {
        var attributes = Map.of("email", UUID.randomUUID() + "@example.com", "service_account", true);
        return Map.of("type", "users", "attributes", attributes);
    }

    private static Map<String, ?> newRole() {
        return Map.of("type", "roles", "attributes", Map.of("name", "role " + UUID.randomUUID()));
    }

    private Map<String, ?> renamedRole() {
        var attributes = Map.of("name", "role " + UUID.randomUUID());
        return Map.of("type", "roles", "id", customRole, "attributes", attributes);
    }

    private Map<String, ?> newMember() {
        return Map.of("type", "users", "id", newcomer());
    }

    /** Somebody who was added and has not come in. */
    private String newcomer() {
        return created("/api/v2/users", newUser());
    }

    private String createdRole() {
        return created(ROLES, newRole());
    }

    private String doomedRole() {
        if (doomedRole.isEmpty() || admin.calls("GET", ROLES + "/" + doomedRole).status() == 404) {
            doomedRole = createdRole();
        }
        return doomedRole;
    }

    private String created(String path, Map<String, ?> data) {
        return admin.calls("POST", path, TestPerson.document(data))
                .json()
                .at("/data/id")
                .stringValue();
    }

    private String permission(String name) {
        return admin.calls("GET", "/api/v2/permissions")
                .json()
                .get("data")
                .valueStream()
                .filter(one -> one.at("/attributes/name").stringValue().equals(name))
                .findFirst()
                .orElseThrow()
                .get("id")
                .stringValue();
    }

    private Map<String, ?> invitation() {
        var user = Map.of("data", newMember());
        return Map.of("type", "user_invitations", "relationships", Map.of("user", user));
    }

    private String invited() {
        var sent = admin.calls("POST", "/api/v2/user_invitations", TestPerson.document(List.of(invitation())));
        return sent.json().at("/data/0/id").stringValue();
    }

    private Sample get(String operation, String template, String id) {
        return new Sample(operation, "GET " + template, () -> authority.call("GET", filled(template, id)));
    }

    private Sample delete(String operation, String template, Supplier<String> id) {
        return new Sample(operation, "DELETE " + template, () -> authority.call("DELETE", filled(template, id.get())));
    }

    private Sample sent(String operation, String method, String template, String id, Supplier<Object> data) {
        return new Sample(
                operation,
                method + " " + template,
                () -> authority.call(method, filled(template, id)).withJson(TestPerson.document(data.get())));
    }

    private static String filled(String template, String id) {
        return template.replaceAll("\\{[a-z_]+}", id);
    }
}
