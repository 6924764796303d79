package dev.sallyport.acceptance;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.datadog.api.client.ApiClient;
import com.datadog.api.client.ApiException;
import com.datadog.api.client.v1.api.AuthenticationApi;
import com.datadog.api.client.v2.api.AuditApi;
import com.datadog.api.client.v2.api.KeyManagementApi;
import com.datadog.api.client.v2.api.RolesApi;
import com.datadog.api.client.v2.api.ServiceAccountsApi;
import com.datadog.api.client.v2.api.UsersApi;
import com.datadog.api.client.v2.model.APIKeyCreateAttributes;
import com.datadog.api.client.v2.model.APIKeyCreateData;
import com.datadog.api.client.v2.model.APIKeyCreateRequest;
import com.datadog.api.client.v2.model.APIKeyUpdateAttributes;
import com.datadog.api.client.v2.model.APIKeyUpdateData;
import com.datadog.api.client.v2.model.APIKeyUpdateRequest;
import com.datadog.api.client.v2.model.APIKeysType;
import com.datadog.api.client.v2.model.ApplicationKeyCreateAttributes;
import com.datadog.api.client.v2.model.ApplicationKeyCreateData;
import com.datadog.api.client.v2.model.ApplicationKeyCreateRequest;
import com.datadog.api.client.v2.model.ApplicationKeyUpdateAttributes;
import com.datadog.api.client.v2.model.ApplicationKeyUpdateData;
import com.datadog.api.client.v2.model.ApplicationKeyUpdateRequest;
import com.datadog.api.client.v2.model.ApplicationKeysType;
import com.datadog.api.client.v2.model.FullApplicationKey;
import com.datadog.api.client.v2.model.PermissionsType;
import com.datadog.api.client.v2.model.RelationshipToPermission;
import com.datadog.api.client.v2.model.RelationshipToPermissionData;
import com.datadog.api.client.v2.model.RelationshipToRoleData;
import com.datadog.api.client.v2.model.RelationshipToRoles;
import com.datadog.api.client.v2.model.RelationshipToUser;
import com.datadog.api.client.v2.model.RelationshipToUserData;
import com.datadog.api.client.v2.model.RoleClone;
import com.datadog.api.client.v2.model.RoleCloneAttributes;
import com.datadog.api.client.v2.model.RoleCloneRequest;
import com.datadog.api.client.v2.model.RoleCreateAttributes;
import com.datadog.api.client.v2.model.RoleCreateData;
import com.datadog.api.client.v2.model.RoleCreateRequest;
import com.datadog.api.client.v2.model.RoleUpdateAttributes;
import com.datadog.api.client.v2.model.RoleUpdateData;
import com.datadog.api.client.v2.model.RoleUpdateRequest;
import com.datadog.api.client.v2.model.RolesType;
import com.datadog.api.client.v2.model.ServiceAccountCreateAttributes;
import com.datadog.api.client.v2.model.ServiceAccountCreateData;
import com.datadog.api.client.v2.model.ServiceAccountCreateRequest;
import com.datadog.api.client.v2.model.UserCreateAttributes;
import com.datadog.api.client.v2.model.UserCreateData;
import com.datadog.api.client.v2.model.UserCreateRequest;
import com.datadog.api.client.v2.model.UserInvitationData;
import com.datadog.api.client.v2.model.UserInvitationRelationships;
import com.datadog.api.client.v2.model.UserInvitationsRequest;
import com.datadog.api.client.v2.model.UserInvitationsType;
import com.datadog.api.client.v2.model.UserUpdateAttributes;
import com.datadog.api.client.v2.model.UserUpdateData;
import com.datadog.api.client.v2.model.UserUpdateRequest;
import com.datadog.api.client.v2.model.UsersType;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The Maven package {@code com.datadoghq:datadog-api-client}, unmodified, with a key pair against the packaged server. */
@ParameterizedClass
@EnumSource(StoreKind.class)
@SuppressWarnings("NullAway") // Every accessor of that client may give null; a null here fails the test by itself.
class DatadogJavaClientTest {

    @TempDir
    static @Nullable Path folder;

    private static @Nullable Store preparedStore;
    private static @Nullable RunningServer runningServer;

    private final Store store = requireNonNull(preparedStore);
    private final RunningServer server = requireNonNull(runningServer);
    private final ApiClient client = client(store.apiKey(), store.applicationKey());

    @SuppressWarnings("UnusedVariable") // The parameter of the class.
    DatadogJavaClientTest(StoreKind kind) {}

    @BeforeParameterizedClassInvocation
    static void start(StoreKind kind) {
        var prepared = Store.withLegacyKeys(requireNonNull(folder).resolve(kind.name()), kind);
        preparedStore = prepared;
        runningServer = prepared.serve();
    }

    @AfterParameterizedClassInvocation
    static void stop() {
        try (var server = requireNonNull(runningServer)) {
            server.stop();
        }
    }

    private ApiClient client(String apiKey, String applicationKey) {
        var secrets = new HashMap<String, String>();
        secrets.put("apiKeyAuth", apiKey);
        secrets.put("appKeyAuth", applicationKey);
        var client = new ApiClient();
        client.setBasePath(server.url());
        client.configureApiKeys(secrets);
        return client;
    }

    private static int refused(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        return requireNonNull(catchThrowableOfType(ApiException.class, call)).getCode();
    }

    private static UUID idOf(String text) {
        return UUID.fromString(text);
    }

    @Test
    void an_api_key_lives_and_opens_validation_alone() throws ApiException {
        var keys = new KeyManagementApi(client);

        var created = requireNonNull(keys.createAPIKey(new APIKeyCreateRequest(
                        new APIKeyCreateData(new APIKeyCreateAttributes("agents"), APIKeysType.API_KEYS)))
                .getData());
        var id = created.getId();
        var secret = created.getAttributes().getKey();
        var read = keys.getAPIKey(id).getData().getAttributes();
        var renamed = keys.updateAPIKey(
                id,
                new APIKeyUpdateRequest(
                        new APIKeyUpdateData(new APIKeyUpdateAttributes("agents-2"), id, APIKeysType.API_KEYS)));
        var valid = new AuthenticationApi(client(secret, "")).validate().getValid();
        keys.deleteAPIKey(id);

        assertThat(secret).matches("[0-9a-f]{32}");
        assertThat(read.getLast4()).isEqualTo(secret.substring(28));
        assertThat(read.getKey()).isNull();
        assertThat(renamed.getData().getAttributes().getName()).isEqualTo("agents-2");
        assertThat(valid).isTrue();
        assertThat(refused(() -> new AuthenticationApi(client(secret, "")).validate()))
                .isEqualTo(403);
        assertThat(refused(() -> keys.getAPIKey(id))).isEqualTo(404);
        assertThat(keys.listAPIKeys().getData()).noneMatch(key -> id.equals(key.getId()));
        assertThat(server.log()).doesNotContain(secret);
    }

    private static ApplicationKeyCreateRequest applicationKey(String name, @Nullable List<String> scopes) {
        var attributes = new ApplicationKeyCreateAttributes(name);
        if (scopes != null) {
            attributes.scopes(scopes);
        }
        return new ApplicationKeyCreateRequest(
                new ApplicationKeyCreateData(attributes, ApplicationKeysType.APPLICATION_KEYS));
    }

    private static ApplicationKeyUpdateRequest renamed(FullApplicationKey key, String name) {
        return new ApplicationKeyUpdateRequest(new ApplicationKeyUpdateData(
                new ApplicationKeyUpdateAttributes().name(name), key.getId(), ApplicationKeysType.APPLICATION_KEYS));
    }

    @Test
    void an_application_key_of_ones_own_lives_and_is_narrowed_by_its_scopes() throws ApiException {
        var keys = new KeyManagementApi(client);

        var created = keys.createCurrentUserApplicationKey(
                        applicationKey("script", List.of("user_access_read", "user_app_keys")))
                .getData();
        var id = created.getId();
        var own = client(store.apiKey(), created.getAttributes().getKey());
        var seen = new UsersApi(own).listUsers().getData();
        var withoutScope = refused(() -> new KeyManagementApi(own).listAPIKeys());
        var unscopedByScoped =
                refused(() -> new KeyManagementApi(own).createCurrentUserApplicationKey(applicationKey("wider", null)));
        var read = keys.getCurrentUserApplicationKey(id).getData().getAttributes();
        keys.updateCurrentUserApplicationKey(id, renamed(created, "script-2"));
        var inOrganization =
                keys.getApplicationKey(id).getData().getAttributes().getName();
        keys.deleteApplicationKey(id);

        assertThat(created.getAttributes().getKey()).matches("ddapp_[0-9A-Za-z]{34}");
        assertThat(seen).isNotEmpty();
        assertThat(withoutScope).isEqualTo(403);
        assertThat(unscopedByScoped).isEqualTo(403);
        assertThat(read.getKey()).isNull();
        assertThat(read.getLast4()).isEqualTo(created.getAttributes().getLast4());
        assertThat(inOrganization).isEqualTo("script-2");
        assertThat(refused(() -> new UsersApi(own).listUsers())).isEqualTo(403);
        assertThat(refused(() -> keys.getCurrentUserApplicationKey(id))).isEqualTo(404);
        assertThat(keys.listCurrentUserApplicationKeys().getData())
                .extracting(key -> key.getAttributes().getName())
                .doesNotContain("script", "script-2");
    }

    private String roleNamed(String name) throws ApiException {
        return requireNonNull(new RolesApi(client)
                .listRoles().getData().stream()
                        .filter(role -> name.equals(role.getAttributes().getName()))
                        .findFirst()
                        .orElseThrow()
                        .getId());
    }

    @Test
    void a_service_account_gets_keys_and_loses_them() throws ApiException {
        var accounts = new ServiceAccountsApi(client);
        var readOnly = new RelationshipToRoleData()
                .id(roleNamed("Datadog Read Only Role"))
                .type(RolesType.ROLES);

        var account = accounts.createServiceAccount(new ServiceAccountCreateRequest(new ServiceAccountCreateData(
                                new ServiceAccountCreateAttributes("Bot@acme.example", true).name("deployer"),
                                UsersType.USERS)
                        .relationships(new com.datadog.api.client.v2.model.UserRelationships()
                                .roles(new RelationshipToRoles().data(List.of(readOnly))))))
                .getData();
        var id = account.getId();
        var key = accounts.createServiceAccountApplicationKey(id, applicationKey("ci", null))
                .getData();
        var bot = client(store.apiKey(), key.getAttributes().getKey());
        var works = new RolesApi(bot).listRoles().getData();
        var beyond = refused(() -> new KeyManagementApi(bot).listApplicationKeys());
        accounts.updateServiceAccountApplicationKey(id, key.getId(), renamed(key, "ci-2"));
        var listed = accounts.listServiceAccountApplicationKeys(id).getData();
        new UsersApi(client).disableUser(id);

        assertThat(account.getAttributes().getServiceAccount()).isTrue();
        assertThat(account.getAttributes().getHandle()).isEqualTo(id);
        assertThat(account.getAttributes().getEmail()).isEqualTo("bot@acme.example");
        assertThat(works).isNotEmpty();
        assertThat(beyond).isEqualTo(403);
        assertThat(listed).extracting(item -> item.getAttributes().getName()).containsExactly("ci-2");
        assertThat(refused(() -> new RolesApi(bot).listRoles())).isEqualTo(403);
    }

    @Test
    void a_user_is_invited_edited_disabled_and_let_in_again() throws ApiException {
        var users = new UsersApi(client);

        var created = users.createUser(new UserCreateRequest(new UserCreateData(
                        new UserCreateAttributes("Grace@acme.example").name("Grace"), UsersType.USERS)))
                .getData();
        var id = created.getId();
        var invitation = users.sendInvitations(new UserInvitationsRequest(List.of(new UserInvitationData(
                        new UserInvitationRelationships(
                                new RelationshipToUser(new RelationshipToUserData(id, UsersType.USERS))),
                        UserInvitationsType.USER_INVITATIONS))))
                .getData()
                .getFirst();
        var open = users.getInvitation(invitation.getId()).getData();
        var edited = users.updateUser(
                        id,
                        new UserUpdateRequest(
                                new UserUpdateData(new UserUpdateAttributes().name("Grace H."), id, UsersType.USERS)))
                .getData();
        users.disableUser(id);
        var disabled = users.getUser(id).getData();

        assertThat(created.getAttributes().getStatus()).isEqualTo("Pending");
        assertThat(open.getId()).isEqualTo(invitation.getId());
        assertThat(edited.getAttributes().getName()).isEqualTo("Grace H.");
        assertThat(disabled.getAttributes().getDisabled()).isTrue();
        assertThat(users.listUserPermissions(store.admin()).getData()).isNotEmpty();
        assertThat(users.listUserOrganizations(store.admin()).getIncluded()).isNotEmpty();
        assertThat(refused(() -> users.disableUser(store.admin()))).isIn(400, 403);
        assertThat(refused(() -> users.getUser(UUID.randomUUID().toString()))).isEqualTo(404);
        assertThat(users.listUsers().getData())
                .extracting(user -> idOf(user.getId()))
                .contains(idOf(id));
    }

    @Test
    void a_role_is_made_given_members_and_permissions_copied_and_deleted() throws ApiException {
        var roles = new RolesApi(client);
        var monitors = roles.listPermissions().getData().stream()
                .filter(permission ->
                        "monitors_write".equals(permission.getAttributes().getName()))
                .findFirst()
                .orElseThrow()
                .getId();
        var permission = new RelationshipToPermission()
                .data(new RelationshipToPermissionData().id(monitors).type(PermissionsType.PERMISSIONS));
        var member = new RelationshipToUser(new RelationshipToUserData(store.admin(), UsersType.USERS));

        var id = roles.createRole(new RoleCreateRequest(new RoleCreateData(new RoleCreateAttributes("on call"))))
                .getData()
                .getId();
        var granted = roles.addPermissionToRole(id, permission).getData();
        var members = roles.addUserToRole(id, member).getData();
        var copy = roles.cloneRole(
                        id,
                        new RoleCloneRequest(new RoleClone(new RoleCloneAttributes("on call, too"), RolesType.ROLES)))
                .getData();
        var copied = roles.listRolePermissions(copy.getId()).getData();
        roles.updateRole(
                id,
                new RoleUpdateRequest(
                        new RoleUpdateData(new RoleUpdateAttributes().name("day shift"), id, RolesType.ROLES)));
        var name = roles.getRole(id).getData().getAttributes().getName();
        var taken = roles.removePermissionFromRole(id, permission).getData();
        var left = roles.removeUserFromRole(id, member).getData();
        roles.deleteRole(id);
        roles.deleteRole(copy.getId());

        assertThat(granted).anyMatch(item -> monitors.equals(item.getId()));
        assertThat(members).extracting(user -> user.getId()).containsExactly(store.admin());
        assertThat(copied).anyMatch(item -> monitors.equals(item.getId()));
        assertThat(name).isEqualTo("day shift");
        assertThat(taken).noneMatch(item -> monitors.equals(item.getId()));
        assertThat(left).isEmpty();
        assertThat(refused(() -> roles.getRole(id))).isEqualTo(404);
        assertThat(refused(() -> roles.removeUserFromRole(roleNamed("Datadog Admin Role"), member)))
                .isIn(400, 403);
    }

    @Test
    void what_was_done_with_keys_is_in_the_trail() throws ApiException {
        var keys = new KeyManagementApi(client);
        var id = keys.createAPIKey(new APIKeyCreateRequest(
                        new APIKeyCreateData(new APIKeyCreateAttributes("traced"), APIKeysType.API_KEYS)))
                .getData()
                .getId();
        keys.deleteAPIKey(id);

        Eventually.holds("the trail shows the key", Duration.ofSeconds(20), () -> {
            try {
                return new AuditApi(client)
                        .listAuditLogs().getData().stream()
                                .anyMatch(event ->
                                        event.getAttributes().toString().contains("traced"));
            } catch (ApiException e) {
                throw new AssertionError(e);
            }
        });
    }

    @Test
    void keys_of_nobody_are_refused_alike() {
        var wrongPair = client(store.apiKey(), "ddapp_" + "0".repeat(34));
        var wrongApiKey = client("0".repeat(32), store.applicationKey());

        assertThat(refused(() -> new UsersApi(wrongPair).listUsers())).isEqualTo(403);
        assertThat(refused(() -> new UsersApi(wrongApiKey).listUsers())).isEqualTo(403);
    }
}
