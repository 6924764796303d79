package dev.sallyport.rule;

import dev.sallyport.identity.OrganizationId;
import dev.sallyport.permission.Permission;
import dev.sallyport.permission.Permissions;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Function;

/** Whether the names in new rules mean something. What was there before may stay, whatever became of it. */
final class KnownNames {

    private final Permissions permissions;
    private final BiPredicate<OrganizationId, Permission> visible;

    KnownNames(Permissions permissions, BiPredicate<OrganizationId, Permission> visible) {
        this.permissions = permissions;
        this.visible = visible;
    }

    List<String> unknownScopes(OrganizationId organization, CredentialRules before, CredentialRules after) {
        var known = all(before, KindRules::forbiddenScopes);
        return all(after, KindRules::forbiddenScopes).stream()
                .filter(name -> !known.contains(name))
                .filter(name -> permissions
                        .named(name)
                        .filter(permission -> visible.test(organization, permission))
                        .isEmpty())
                .sorted()
                .toList();
    }

    List<String> unknownRoles(Collection<String> roles, CredentialRules before, CredentialRules after) {
        var known = all(before, KindRules::creators);
        return all(after, KindRules::creators).stream()
                .filter(id -> !known.contains(id) && !roles.contains(id))
                .sorted()
                .toList();
    }

    private static Set<String> all(CredentialRules rules, Function<KindRules, List<String>> part) {
        var names = new HashSet<String>();
        for (var kind : CredentialRules.KINDS) {
            names.addAll(part.apply(rules.of(kind)));
        }
        return names;
    }
}
