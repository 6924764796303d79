package dev.sallyport.authentication;

import dev.sallyport.catalogue.ProtectedApi;
import dev.sallyport.directory.PrincipalFact;
import dev.sallyport.directory.RoleFact;
import dev.sallyport.directory.RoleId;
import dev.sallyport.http.AddressRanges;
import dev.sallyport.http.TestExchange;
import dev.sallyport.identity.Credential;
import dev.sallyport.identity.CredentialId;
import dev.sallyport.identity.CredentialKind;
import dev.sallyport.identity.Organization;
import dev.sallyport.identity.OrganizationId;
import dev.sallyport.identity.Principal;
import dev.sallyport.permission.Authority;
import dev.sallyport.permission.ManagedRole;
import dev.sallyport.permission.Permissions;
import dev.sallyport.secret.ApiKeyText;
import dev.sallyport.secret.Digest;
import dev.sallyport.secret.KeyText;
import dev.sallyport.secret.Pepper;
import dev.sallyport.secret.Secret;
import dev.sallyport.secret.TokenText;
import dev.sallyport.sql.Micros;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A replica that is filled by hand. */
public final class TestReplica {

    public static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

    static final Pepper PEPPER = new Pepper(new byte[Pepper.KEY_BYTES]);

    private static final SecureRandom RANDOM = new SecureRandom();

    public final Permissions permissions;
    public final Replica replica;
    public final Authenticator authenticator;

    /** A token as its owner has it, and as the replica keeps it. */
    public record Shown(Credential facts, Secret secret, Principal owner) {}

    public TestReplica(Permissions permissions) {
        this.permissions = permissions;
        replica = new Replica(permissions);
        authenticator = new Authenticator(replica, permissions, PEPPER, "dd");
    }

    public Organization organization(String name) {
        var organization = new Organization(OrganizationId.random(), name, NOON);
        replica.put(
                organization.id(),
                Stream.of(ManagedRole.values())
                        .map(role ->
                                new RoleFact(roleOf(organization.id(), role), organization.id(), Optional.of(role), ""))
                        .toList());
        replica.put(organization);
        return organization;
    }

    public void api(ProtectedApi api) {
        replica.put(api);
    }

    public Principal user(Organization organization, Set<ManagedRole> roles) {
        return become(Principal.user(organization.id(), UUID.randomUUID() + "@example.com", "Alice", NOON), roles);
    }

    Principal become(Principal user, Set<ManagedRole> roles) {
        var ids = roles.stream().map(role -> roleOf(user.organization(), role)).collect(Collectors.toSet());
        replica.put(new PrincipalFact(user, ids));
        return user;
    }

    private static RoleId roleOf(OrganizationId organization, ManagedRole role) {
        return new RoleId(UUID.nameUUIDFromBytes((organization + role.code()).getBytes(StandardCharsets.UTF_8)));
    }

    /** The same principal in another state. */
    static Principal in(Principal user, Principal.State state, int epoch) {
        return new Principal(
                user.id(),
                user.organization(),
                user.kind(),
                user.email(),
                user.name(),
                user.title(),
                state,
                epoch,
                user.owner(),
                user.createdAt(),
                user.modifiedAt());
    }

    /** What a disabled user is, in the next epoch. */
    public void disable(Principal user) {
        become(in(user, Principal.State.DISABLED, user.epoch() + 1), Set.of());
    }

    /** A token of one hour. */
    public Shown token(Principal owner, Authority scopes) {
        var facts = new Credential(
                CredentialId.random(),
                CredentialKind.PERSONAL_ACCESS_TOKEN,
                "laptop",
                scopes,
                NOON.plus(Duration.ofHours(1)),
                null);
        var shown = new Shown(facts, TokenText.mint("ddpat", facts.id().value(), RANDOM), owner);
        put(shown, false);
        return shown;
    }

    public void revoke(Shown shown) {
        put(shown, true);
    }

    /** A new API key of an organization. */
    public Secret apiKey(Organization organization, boolean isRevoked) {
        return apiKey(organization, isRevoked, List.of());
    }

    /** An API key that may come from those addresses alone. */
    public Secret apiKey(Organization organization, boolean isRevoked, List<String> addresses) {
        var secret = ApiKeyText.mint(RANDOM);
        var facts = new Credential(CredentialId.random(), CredentialKind.API_KEY, "agent", Authority.NONE, null, null);
        var owner = replica.owner(Principal.of(organization).id());
        var digest = Digest.of(ApiKeyText.digest(PEPPER, secret));
        replica.put(
                facts,
                new KnownCredential.Binding(digest, owner, 0, false, AddressRanges.ofStored(addresses), isRevoked));
        return secret;
    }

    /** A new application key; without scopes it may do whatever its owner holds. */
    public Secret applicationKey(Principal owner, Optional<Authority> scopes) {
        var secret = KeyText.mint("ddapp", RANDOM);
        var facts = new Credential(
                CredentialId.random(),
                CredentialKind.APPLICATION_KEY,
                "old script",
                scopes.orElse(Authority.NONE),
                null,
                null);
        var binding = new KnownCredential.Binding(
                Digest.of(KeyText.digest(PEPPER, secret)),
                replica.owner(owner.id()),
                owner.epoch(),
                scopes.isPresent(),
                AddressRanges.ANYWHERE,
                false);
        replica.put(facts, binding);
        return secret;
    }

    /** A token that may come from those addresses alone. */
    public Shown token(Principal owner, Authority scopes, List<String> addresses) {
        var shown = token(owner, scopes);
        var digest = Digest.of(TokenText.digest(PEPPER, shown.secret()));
        var binding = new KnownCredential.Binding(
                digest, replica.owner(owner.id()), owner.epoch(), true, AddressRanges.ofStored(addresses), false);
        replica.put(shown.facts(), binding);
        return shown;
    }

    /** Where calls of an organization may come from. */
    public void addresses(Organization organization, List<String> addresses) {
        replica.put(organization.id(), AddressRanges.ofStored(addresses));
    }

    private void put(Shown shown, boolean isRevoked) {
        var digest = Digest.of(TokenText.digest(PEPPER, shown.secret()));
        var owner = replica.owner(shown.owner().id());
        var binding = new KnownCredential.Binding(
                digest, owner, shown.owner().epoch(), true, AddressRanges.ANYWHERE, isRevoked);
        replica.put(shown.facts(), binding);
    }

    /** A well-formed text that was never issued. */
    public static String forged(UUID id) {
        return TokenText.mint("ddpat", id, RANDOM).reveal();
    }

    public Authentication authenticate(String token, Instant now) {
        return authenticator.authenticate(
                new TestExchange().with("Authorization", "Bearer " + token), "", Micros.of(now));
    }

    public Authentication authenticate(Shown shown) {
        return authenticate(shown.secret().reveal(), NOON);
    }
}
