package dev.sallyport.directory;

import dev.sallyport.identity.Uuids;
import java.util.Optional;
import java.util.UUID;

/** Names a role; random, so that roles of two organizations never share one. */
public record RoleId(UUID value) {

    public static RoleId random() {
        return new RoleId(UUID.randomUUID());
    }

    /** Only the canonical text of 36 characters, in either case. */
    public static Optional<RoleId> parse(String text) {
        return Uuids.parse(text).map(RoleId::new);
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
