package dev.sallyport.authentication;

import dev.sallyport.catalogue.ProtectedApi;
import dev.sallyport.directory.PrincipalFact;
import dev.sallyport.directory.RoleFact;
import dev.sallyport.directory.RoleId;
import dev.sallyport.http.AddressRanges;
import dev.sallyport.identity.Credential;
import dev.sallyport.identity.DisplayName;
import dev.sallyport.identity.Organization;
import dev.sallyport.identity.OrganizationId;
import dev.sallyport.identity.Principal;
import dev.sallyport.identity.PrincipalId;
import dev.sallyport.identity.Uuids;
import dev.sallyport.permission.Authority;
import dev.sallyport.permission.Permission;
import dev.sallyport.permission.Permissions;
import dev.sallyport.secret.Digest;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What calls are answered from: organizations, principals, credentials and protected APIs, in memory.
 *
 * <p>One thread changes it, the feed's follower; everybody else reads without a lock and sees each thing whole.
 */
public final class Replica {

    private final Permissions permissions;
    private final Map<PrincipalId, Owner> owners = new ConcurrentHashMap<>();
    private final Shelf<Owner> ownerShelf = new Shelf<>();
    private final Map<OrganizationId, Members> members = new HashMap<>();
    private final Map<OrganizationId, Tenant> tenants = new ConcurrentHashMap<>();
    private final Map<OrganizationId, List<ProtectedApi>> ownApis = new ConcurrentHashMap<>();
    private final Map<Address, PrincipalId> addressees = new ConcurrentHashMap<>();
    private volatile Map<String, ProtectedApi> apis = Map.of();
    private volatile CredentialRows credentials = new CredentialRows(ownerShelf);

    /** What finds a user: no two users of an organization share one, but for those who were removed. */
    private record Address(OrganizationId organization, String folded) {
        static Address of(Principal user) {
            return new Address(user.organization(), DisplayName.folded(user.email()));
        }
    }

    /** What the follower knows of an organization, and works its tenant out from. */
    private static final class Members {
        private final Map<PrincipalId, PrincipalFact> principals = new HashMap<>();
        private List<RoleFact> roles = List.of();
        private AddressRanges addresses = AddressRanges.ANYWHERE;
    }

    public Replica(Permissions permissions) {
        this.permissions = permissions;
    }

    @Nullable
    KnownCredential credential(UUID id) {
        return credentials.ofId(id);
    }

    /** The key that may have that digest, which proves nothing yet; null if there is none. */
    @Nullable
    KnownCredential key(Digest digest) {
        return credentials.ofDigest(digest.handle());
    }

    /** The protected API of that id, or null. */
    public @Nullable ProtectedApi api(String id) {
        return apis.get(id);
    }

    /** The protected APIs that admit this organization alone. */
    public List<ProtectedApi> ownApis(OrganizationId organization) {
        return ownApis.getOrDefault(organization, List.of());
    }

    /** The holder of a principal's state; null if none is known. */
    @Nullable
    Owner known(PrincipalId id) {
        return owners.get(id);
    }

    /** The user with that e-mail address, in any case; null if there is none. */
    @Nullable
    PrincipalId addressee(OrganizationId organization, String email) {
        return addressees.get(new Address(organization, DisplayName.folded(email)));
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

    /** What a principal holds now; empty for one that this node does not know. */
    public Optional<Authority> held(PrincipalId principal) {
        var owner = owners.get(principal);
        var state = owner == null ? null : owner.state();
        return state == null ? Optional.empty() : Optional.of(state.held());
    }

    /**
     * What a credential is bound to now.
     *
     * @param isScoped false where it may do whatever its owner may
     * @param addresses the ranges that it may come from; none for anywhere
     * @param ofOrganization those that its whole organization is bound to; none for anywhere
     */
    public record Standing(boolean isRevoked, boolean isScoped, List<String> addresses, List<String> ofOrganization) {
        public Standing {
            addresses = List.copyOf(addresses);
            ofOrganization = List.copyOf(ofOrganization);
        }
    }

    /** Empty for one that this node does not know. */
    public Optional<Standing> standing(String id) {
        return Uuids.parse(id).map(this::credential).map(Replica::standing);
    }

    private static Standing standing(KnownCredential known) {
        var owner = known.owner().state();
        return new Standing(
                known.isRevoked(),
                known.isScoped(),
                known.addresses().toStored(),
                owner == null ? List.of() : owner.addresses().toStored());
    }

    public boolean isServiceAccount(String principal) {
        return PrincipalId.parse(principal)
                .map(this::known)
                .map(Owner::state)
                .map(state -> state.principal().kind() == Principal.Kind.SERVICE_ACCOUNT)
                .orElse(false);
    }

    /** The roles of an organization that hold all of it, those that hold least first. */
    public List<RoleId> rolesHolding(OrganizationId organization, Authority wanted) {
        var tenant = tenants.get(organization);
        if (tenant == null) {
            return List.of();
        }
        return tenant.held().entrySet().stream()
                .filter(role -> role.getValue().includes(wanted))
                .sorted(Comparator.comparingInt((Map.Entry<RoleId, Authority> role) ->
                                role.getValue().size())
                        .thenComparing(role -> role.getKey().toString()))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Every credential as it lies in memory. */
    CredentialRows credentials() {
        return credentials;
    }

    // What follows is called by the follower's thread only.

    /** Knows nobody and nothing any more. Whoever reads meanwhile finds less than there is, never what is gone. */
    void forget() {
        apis = Map.of();
        ownApis.clear();
        tenants.clear();
        members.clear();
        addressees.clear();
        owners.values().forEach(owner -> owner.become(null));
        credentials = new CredentialRows(ownerShelf);
    }

    void put(ProtectedApi api) {
        var next = new HashMap<>(apis);
        next.put(api.id(), api);
        apis = Map.copyOf(next);
        if (api.admits() instanceof ProtectedApi.Admits.Only(var organization)) {
            var others =
                    ownApis(organization).stream().filter(other -> !other.id().equals(api.id()));
            ownApis.put(organization, Stream.concat(others, Stream.of(api)).toList());
        }
        tenants.values().stream()
                .map(Tenant::organization)
                .filter(organization -> api.admits(organization.id()))
                .forEach(this::put);
    }

    /** Takes in an organization, or works out again what its roles hold. */
    void put(Organization organization) {
        var known = members(organization.id());
        var visible = permissions.matching(permission -> isVisible(organization.id(), permission));
        var held = new HashMap<RoleId, Authority>();
        for (var role : known.roles) {
            var named = role.managed()
                    .map(managed -> permissions.matching(managed::holds))
                    .orElseGet(() -> permissions.ofStored(role.permissions()));
            held.put(role.id(), named.intersect(visible));
        }
        var ownApis = permissions.matching(permission -> permission.namespace() != null);
        var tenant = new Tenant(
                organization,
                permissions.matching(Permission::isHeldByEverybody),
                ownApis.intersect(visible),
                held,
                known.addresses);
        tenants.put(organization.id(), tenant);
        var itself = Principal.of(organization);
        owner(itself.id())
                .become(new Owner.State(organization, itself, Authority.NONE, Authority.NONE, tenant.addresses()));
        known.principals.values().forEach(this::put);
    }

    /** The roles of one organization, all of them. */
    void put(OrganizationId organization, List<RoleFact> roles) {
        members(organization).roles = List.copyOf(roles);
        renew(organization);
    }

    /** Where the calls of an organization may come from. */
    void put(OrganizationId organization, AddressRanges addresses) {
        members(organization).addresses = addresses;
        renew(organization);
    }

    private void renew(OrganizationId organization) {
        var tenant = tenants.get(organization);
        if (tenant != null) {
            put(tenant.organization());
        }
    }

    void put(PrincipalFact fact) {
        var principal = fact.principal();
        var before = members(principal.organization()).principals.put(principal.id(), fact);
        if (principal.kind() == Principal.Kind.USER) {
            var now = principal.state() == Principal.State.REMOVED ? null : Address.of(principal);
            if (now != null) {
                addressees.put(now, principal.id());
            }
            var then = before == null ? null : Address.of(before.principal());
            if (then != null && !then.equals(now)) {
                addressees.remove(then, principal.id());
            }
        }
        var tenant = tenants.get(principal.organization());
        if (tenant != null) {
            owner(principal.id())
                    .become(new Owner.State(
                            tenant.organization(),
                            principal,
                            tenant.heldBy(fact.roles()),
                            tenant.ownApis(),
                            tenant.addresses()));
        }
    }

    void put(Credential facts, KnownCredential.Binding binding) {
        var places = new CredentialRow.Places(
                binding.owner().place(),
                binding.isScoped() ? place(facts.scopes()) : CredentialRow.WHOLE,
                place(binding.addresses()));
        put(CredentialRow.of(facts, binding.digest(), binding.ownerEpoch(), binding.isRevoked(), places));
    }

    /** The number of a set of scopes, or of ranges, among those that credentials share. */
    int place(Authority scopes) {
        return credentials.place(scopes);
    }

    int place(AddressRanges addresses) {
        return credentials.place(addresses);
    }

    void put(byte[] row) {
        credentials.put(row);
    }

    /** Forgets what credentials shared once and share no more, if that is much. */
    void tidy() {
        credentials = credentials.tidied();
    }

    private Members members(OrganizationId organization) {
        return members.computeIfAbsent(organization, _ -> new Members());
    }

    /** The holder of a principal's state; empty until the principal is known. */
    Owner owner(PrincipalId id) {
        var known = owners.get(id);
        if (known != null) {
            return known;
        }
        var owner = new Owner(id, ownerShelf.size());
        ownerShelf.add(owner);
        owners.put(id, owner);
        return owner;
    }
}
