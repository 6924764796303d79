package dev.sallyport.identity;

import java.util.Optional;
import java.util.UUID;

/** The public identifier of a credential; for a token it is also the part of the token that is not secret. */
public record CredentialId(UUID value) {

    public static CredentialId random() {
        return new CredentialId(UUID.randomUUID());
    }

    /** Only the canonical text of 36 characters, in either case. */
    public static Optional<CredentialId> parse(String text) {
        return Uuids.parse(text).map(CredentialId::new);
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
