package dev.sallyport.permission;

import java.util.List;

/** What an operation asks of whoever calls it. */
public sealed interface Requirement {

    Requirement OPEN = new Open();
    Requirement SIGNED_IN = new SignedIn();
    Requirement API_KEY = new ApiKey();

    /** Nobody has to say who they are. */
    record Open() implements Requirement {}

    /** Any live credential of a principal will do. */
    record SignedIn() implements Requirement {}

    /** Takes telemetry: an API key, and nothing else. */
    record ApiKey() implements Requirement {}

    /**
     * The catalogue does not say. Reading is left to whoever is signed in; everything else is refused to credentials with
     * scopes, because no scope could have been meant for it.
     */
    record Undeclared(boolean isReading) implements Requirement {}

    /** At least one of the alternatives, each of them whole. */
    record Holding(List<Authority> alternatives) implements Requirement {
        public Holding {
            alternatives = List.copyOf(alternatives);
            if (alternatives.isEmpty() || alternatives.contains(Authority.NONE)) {
                throw new IllegalArgumentException("alternatives must be one or more, and none of them empty");
            }
        }

        public boolean isMetBy(Authority authority) {
            for (var i = 0; i < alternatives.size(); i++) {
                if (authority.includes(alternatives.get(i))) {
                    return true;
                }
            }
            return false;
        }

        /** What the alternative that is closest to being met still lacks. */
        public Authority missingFrom(Authority authority) {
            var closest = alternatives.getFirst().minus(authority);
            for (var alternative : alternatives) {
                var missing = alternative.minus(authority);
                if (missing.size() < closest.size()) {
                    closest = missing;
                }
            }
            return closest;
        }
    }

    static Requirement anyOf(Permission... permissions) {
        return new Holding(List.of(permissions).stream().map(Authority::of).toList());
    }

    static Requirement allOf(Permission... permissions) {
        return new Holding(List.of(Authority.of(permissions)));
    }
}
