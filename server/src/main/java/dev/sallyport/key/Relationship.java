package dev.sallyport.key;

import dev.sallyport.identity.PrincipalId;
import org.jspecify.annotations.Nullable;

/** A relationship to one resource, or to none. */
record Relationship(@Nullable Reference data) {

    static final Relationship NONE = new Relationship(null);

    record Reference(String id, String type) {}

    static Relationship to(@Nullable PrincipalId person) {
        return person == null ? NONE : new Relationship(new Reference(person.toString(), PersonJson.TYPE));
    }
}
