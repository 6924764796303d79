package dev.sallyport.directory;

import dev.sallyport.http.Rfc3339;
import dev.sallyport.identity.PrincipalId;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * A service account on the wire of our own surface.
 *
 * @param owner null if nobody ever answered for it, or whoever did was removed
 * @param orphaned whether nobody active answers for it
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
record ServiceAccountJson(
        String id,
        String name,
        String email,
        @Nullable String title,
        String state,
        @Nullable OwnerJson owner,
        boolean orphaned,
        List<RoleNameJson> roles,
        String createdAt,
        String modifiedAt) {

    record OwnerJson(String id, String name, String email) {}

    record RoleNameJson(String id, String name) {}

    /** @param all roles of the organization */
    static ServiceAccountJson of(OwnedAccount account, List<Role> all) {
        var principal = account.fact().principal();
        return new ServiceAccountJson(
                principal.id().toString(),
                principal.name(),
                principal.email(),
                principal.title(),
                principal.state().name().toLowerCase(Locale.ROOT),
                owner(account, principal.owner()),
                !account.isOwned(),
                all.stream()
                        .filter(role -> account.fact().roles().contains(role.id()))
                        .map(role -> new RoleNameJson(role.id().toString(), role.name()))
                        .toList(),
                Rfc3339.format(principal.createdAt()),
                Rfc3339.format(principal.modifiedAt()));
    }

    private static @Nullable OwnerJson owner(OwnedAccount account, @Nullable PrincipalId id) {
        return account.owner()
                .map(owner -> new OwnerJson(String.valueOf(id), owner.name(), owner.email()))
                .orElse(null);
    }
}
