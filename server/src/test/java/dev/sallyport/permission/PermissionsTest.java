package dev.sallyport.permission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class PermissionsTest {

    private final Permissions permissions = Permissions.shipped();

    @Test
    void the_shipped_catalogue_has_366_names_and_321_token_scopes() {
        assertThat(permissions.all()).hasSize(366);
        assertThat(permissions.matching(Permission::isTokenScope).size()).isEqualTo(321);
        assertThat(permissions.all().stream().filter(Permission::isRestricted)).hasSize(10);
    }

    @Test
    void indexes_names_and_ids_are_each_ones_own() {
        var names = new HashSet<String>();
        var ids = new HashSet<UUID>();
        for (var i = 0; i < permissions.all().size(); i++) {
            var permission = permissions.all().get(i);
            assertThat(permission.index()).isEqualTo(i);
            assertThat(names.add(permission.name())).as(permission.name()).isTrue();
            assertThat(ids.add(permission.id())).as(permission.name()).isTrue();
        }
    }

    @Test
    void names_that_are_only_scopes_are_token_scopes_and_cannot_be_assigned() {
        for (var name : List.of(
                "create_webhooks",
                "events_read",
                "hosts_read",
                "metrics_read",
                "teams_read",
                "timeseries_query",
                "user_access_read",
                "user_self_profile_read",
                "user_self_profile_write")) {
            var permission = permissions.require(name);
            assertThat(permission.isTokenScope()).as(name).isTrue();
            assertThat(permission.isAssignable()).as(name).isFalse();
            assertThat(ManagedRole.READ_ONLY.holds(permission)).as(name).isTrue();
        }
    }

    @Test
    void the_managed_roles_hold_what_the_contract_says() {
        assertThat(ManagedRole.STANDARD.holds(permissions.require("user_app_keys")))
                .isTrue();
        assertThat(ManagedRole.STANDARD.holds(permissions.require("org_app_keys_read")))
                .isTrue();
        assertThat(ManagedRole.STANDARD.holds(permissions.require("org_app_keys_write")))
                .isFalse();
        assertThat(ManagedRole.STANDARD.holds(permissions.require("user_access_manage")))
                .isFalse();
        assertThat(ManagedRole.READ_ONLY.holds(permissions.require("user_app_keys")))
                .isFalse();
        assertThat(permissions.all()).allMatch(ManagedRole.ADMIN::holds);
    }

    @Test
    void names_are_case_sensitive_and_unknown_ones_are_none() {
        assertThat(permissions.named("monitors_read")).isPresent();
        assertThat(permissions.named("Monitors_read")).isEmpty();
        assertThat(permissions.named("")).isEmpty();
        assertThatThrownBy(() -> permissions.require("no_such_name")).hasMessage("no permission is named no_such_name");
    }

    @Test
    void a_name_in_a_namespace_is_new_once_and_the_administrators_own() {
        var added = permissions.inNamespace("billing", "monitors_read");

        assertThat(permissions.inNamespace("billing", "monitors_read")).isSameAs(added);
        assertThat(added).isNotEqualTo(permissions.require("monitors_read"));
        assertThat(added.name()).isEqualTo("billing:monitors_read");
        assertThat(added.namespace()).isEqualTo("billing");
        assertThat(added.index()).isEqualTo(366);
        assertThat(added.isTokenScope()).isTrue();
        assertThat(ManagedRole.ADMIN.holds(added)).isTrue();
        assertThat(ManagedRole.STANDARD.holds(added)).isFalse();
        assertThat(permissions.inNamespace("orders", "monitors_read").id()).isNotEqualTo(added.id());
    }
}
