package dev.sallyport.identity;

import java.util.Optional;
import java.util.UUID;

/** The tenant: the outermost boundary of every query. */
public record OrganizationId(UUID value) {

    public static OrganizationId random() {
        return new OrganizationId(UUID.randomUUID());
    }

    /** Only the canonical text of 36 characters, in either case. */
    public static Optional<OrganizationId> parse(String text) {
        return Uuids.parse(text).map(OrganizationId::new);
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
