package dev.sallyport.identity;

import java.util.Optional;
import java.util.UUID;

/** Who can hold permissions. */
public record PrincipalId(UUID value) {

    public static PrincipalId random() {
        return new PrincipalId(UUID.randomUUID());
    }

    /** Only the canonical text of 36 characters, in either case. */
    public static Optional<PrincipalId> parse(String text) {
        return Uuids.parse(text).map(PrincipalId::new);
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
