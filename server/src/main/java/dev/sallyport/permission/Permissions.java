package dev.sallyport.permission;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

/**
 * Every permission that this process knows: the shipped Datadog catalogue, and what protected APIs add in namespaces of
 * their own. It only grows; an index once given keeps its meaning.
 */
public final class Permissions {

    /** Separates the id of a protected API from the name of its permission. */
    public static final char NAMESPACE_SEPARATOR = ':';

    /**
     * The permission to import protected APIs. Whoever has it says what the permissions of an API are and which operations ask
     * for them, so a credential with this scope carries those of its organization's own APIs as well.
     */
    public static final String IMPORTING = "org_management";

    private final List<Permission> byIndex = new CopyOnWriteArrayList<>();
    private final Map<String, Permission> byName = new ConcurrentHashMap<>();

    private Permissions() {}

    /** The Datadog catalogue of 366 names, as shipped. */
    public static Permissions shipped() {
        var permissions = new Permissions();
        try (var in = Permissions.class.getResourceAsStream("datadog-permissions.json")) {
            if (in == null) {
                throw new IllegalStateException("datadog-permissions.json is missing from the jar");
            }
            permissions.addAll(ShippedPermission.readAll(in));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return permissions;
    }

    public Optional<Permission> named(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** For names that the program itself relies on. */
    public Permission require(String name) {
        return named(name).orElseThrow(() -> new IllegalArgumentException("no permission is named " + name));
    }

    /**
     * The permission of that name in the namespace of a protected API, made known if it is new. It belongs to the
     * administrator role until somebody grants it.
     */
    public synchronized Permission inNamespace(String api, String name) {
        var qualified = api + NAMESPACE_SEPARATOR + name;
        var known = byName.get(qualified);
        if (known != null) {
            return known;
        }
        var permission = new Permission(
                byIndex.size(),
                qualified,
                UUID.nameUUIDFromBytes(("permission " + qualified).getBytes(StandardCharsets.UTF_8)),
                name,
                api,
                Permission.AccessType.OTHER,
                LocalDate.EPOCH,
                ManagedRole.ADMIN,
                false,
                true,
                true);
        addAll(List.of(permission));
        return permission;
    }

    public List<Permission> all() {
        return List.copyOf(byIndex);
    }

    public Authority matching(Predicate<Permission> predicate) {
        return Authority.of(byIndex.stream().filter(predicate).toList());
    }

    /** Names that are not known here are left out: an authority never grows by a name that means nothing. */
    public Authority authorityOf(Collection<String> names) {
        return Authority.of(names.stream().flatMap(name -> named(name).stream()).toList());
    }

    /**
     * The set that was stored as text: names with a blank between. A name in a namespace whose API is not known here yet is made
     * known; a shipped name that this version no longer has is left out.
     */
    public Authority ofStored(String names) {
        var found = new ArrayList<Permission>();
        for (var name : names.split(" ")) {
            var separator = name.indexOf(NAMESPACE_SEPARATOR);
            if (separator > 0) {
                found.add(inNamespace(name.substring(0, separator), name.substring(separator + 1)));
            } else {
                named(name).ifPresent(found::add);
            }
        }
        return Authority.of(found);
    }

    /** The names in the set, sorted. */
    public List<String> namesOf(Authority authority) {
        var names = new TreeSet<String>();
        authority.forEachIndex(index -> names.add(byIndex.get(index).name()));
        return List.copyOf(names);
    }

    private void addAll(List<Permission> added) {
        byIndex.addAll(added);
        added.forEach(permission -> byName.put(permission.name(), permission));
    }
}
