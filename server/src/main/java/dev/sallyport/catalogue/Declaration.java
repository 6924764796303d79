package dev.sallyport.catalogue;

import dev.sallyport.permission.Authority;
import dev.sallyport.permission.Permission;
import dev.sallyport.permission.Requirement;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;

/** What a document says an operation asks for, in names that no process has given a meaning yet. */
sealed interface Declaration {

    /** Nobody has to say who they are. */
    record Open() implements Declaration {}

    /** Whoever is signed in. */
    record SignedIn() implements Declaration {}

    record Nothing() implements Declaration {}

    /** At least one of the alternatives, each of them whole; none is empty. */
    record Holding(List<List<String>> alternatives) implements Declaration {
        public Holding {
            alternatives = alternatives.stream()
                    .map(names -> List.copyOf(new TreeSet<>(names)))
                    .distinct()
                    .toList();
            if (alternatives.isEmpty() || alternatives.contains(List.<String>of())) {
                throw new IllegalArgumentException("alternatives must be one or more, and none of them empty");
            }
        }
    }

    static Declaration allOf(List<String> names) {
        return new Holding(List.of(names));
    }

    static Declaration anyOf(List<String> names) {
        return new Holding(names.stream().map(List::of).toList());
    }

    /** The permissions that it names. */
    default Stream<String> names() {
        return switch (this) {
            case Holding(var alternatives) -> alternatives.stream().flatMap(List::stream);
            case Open _, SignedIn _, Nothing _ -> Stream.empty();
        };
    }

    /** @param permissions gives a name its meaning */
    default Requirement toRequirement(String method, Function<String, Permission> permissions) {
        return switch (this) {
            case Open _ -> Requirement.OPEN;
            case SignedIn _ -> Requirement.SIGNED_IN;
            case Nothing _ -> new Requirement.Undeclared(method.equals("GET"));
            case Holding(var alternatives) ->
                new Requirement.Holding(alternatives.stream()
                        .map(names ->
                                Authority.of(names.stream().map(permissions).toList()))
                        .toList());
        };
    }
}
