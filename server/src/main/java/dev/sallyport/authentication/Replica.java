package dev.sallyport.authentication;

import dev.sallyport.catalogue.ProtectedApi;
import dev.sallyport.directory.UserFact;
import dev.sallyport.identity.Organization;
import dev.sallyport.identity.OrganizationId;
import dev.sallyport.identity.PrincipalId;
import dev.sallyport.permission.Authority;
import dev.sallyport.permission.ManagedRole;
import dev.sallyport.permission.Permission;
import dev.sallyport.permission.Permissions;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What calls are answered from: organizations, principals, credentials and protected APIs, in memory.
 *
 * <p>One thread changes it, the feed's follower; everybody else reads without a lock and sees each thing whole.
 */
public final class Replica {

    private final Permissions permissions;
    private final CredentialTable credentials = new CredentialTable();
    private final Map<PrincipalId, Owner> owners = new ConcurrentHashMap<>();
    private final Map<PrincipalId, UserFact> users = new HashMap<>();
    private final Map<OrganizationId, Tenant> tenants = new ConcurrentHashMap<>();
    private volatile Map<String, ProtectedApi> apis = Map.of();

    public Replica(Permissions permissions) {
        this.permissions = permissions;
    }

    @Nullable
    StoredCredential credential(UUID id) {
        return credentials.find(id.getMostSignificantBits(), id.getLeastSignificantBits());
    }

    /** The protected API of that id, or null. */
    public @Nullable ProtectedApi api(String id) {
        return apis.get(id);
    }

    /** Whether an organization may see that name: those of a protected API
     * only where that API admits it. */
    public boolean isVisible(OrganizationId organization, Permission permission) {
        var namespace = permission.namespace();
        if (namespace == null) {
            return true;
        }
        var api = apis.get(namespace);
        return api != null && api.admits(organization) && api.permissions().contains(permission);
    }

    // What follows is called by the follower's thread only.

    void put(ProtectedApi api) {
        var next = new HashMap<>(apis);
        next.put(api.id(), api);
        apis = Map.copyOf(next);
        tenants.values().stream()
                .map(Tenant::organization)
                .filter(organization -> api.admits(organization.id()))
                .forEach(this::put);
    }

    /** Takes in an organization, or works out again what its roles hold. */
    void put(Organization organization) {
        var held = new HashMap<ManagedRole, Authority>();
        for (var role : ManagedRole.values()) {
            held.put(
                    role,
                    permissions.matching(
                            permission -> role.holds(permission) && isVisible(organization.id(), permission)));
        }
        var tenant = new Tenant(
                organization,
                permissions.matching(Permission::isHeldByEverybody),
                permissions.matching(
                        permission -> permission.namespace() != null && isVisible(organization.id(), permission)),
                held);
        tenants.put(organization.id(), tenant);
        users.values().stream()
                .filter(fact -> fact.user().organization().equals(organization.id()))
                .forEach(this::put);
    }

    void put(UserFact fact) {
        var user = fact.user();
        users.put(user.id(), fact);
        var tenant = tenants.get(user.organization());
        if (tenant != null) {
            owner(user.id())
                    .become(new Owner.State(
                            tenant.organization(), user, tenant.heldBy(fact.roles()), tenant.ownApis()));
        }
    }

    void put(StoredCredential credential) {
        credentials.put(credential);
    }

    /** The holder of a principal's state; empty until the principal is known. */
    Owner owner(PrincipalId id) {
        return owners.computeIfAbsent(id, _ -> new Owner());
    }
}
