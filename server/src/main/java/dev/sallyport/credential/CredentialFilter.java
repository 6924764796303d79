package dev.sallyport.credential;

import dev.sallyport.identity.CredentialId;
import dev.sallyport.identity.CredentialKind;
import dev.sallyport.identity.DisplayName;
import dev.sallyport.identity.PrincipalId;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which live credentials of an organization are meant: those that meet everything that is said here. What is null, false or
 * empty says nothing.
 *
 * @param kinds empty for every kind
 * @param owner as whom they act
 * @param creator the principal that created them
 * @param mintedBy the credential that created them
 * @param scope the name of a permission that they carry; whatever is not narrowed carries it, and API keys carry none
 * @param name a part of their name, in any case
 * @param createdAfter no earlier than this
 * @param createdBefore earlier than this
 * @param lastUsedBefore not used at or after this; one that was never used counts from its creation
 * @param isNeverUsed whether they must not have been used at all
 * @param expiresBefore ending earlier than this
 * @param isNeverExpiring whether they must have no end
 */
public record CredentialFilter(
        Set<CredentialKind> kinds,
        @Nullable PrincipalId owner,
        @Nullable PrincipalId creator,
        @Nullable CredentialId mintedBy,
        @Nullable String scope,
        String name,
        @Nullable Instant createdAfter,
        @Nullable Instant createdBefore,
        @Nullable Instant lastUsedBefore,
        boolean isNeverUsed,
        @Nullable Instant expiresBefore,
        boolean isNeverExpiring) {

    /** Every live credential. */
    public static final CredentialFilter ALL =
            new CredentialFilter(Set.of(), null, null, null, null, "", null, null, null, false, null, false);

    public CredentialFilter {
        kinds = kinds.isEmpty() ? Set.of() : Collections.unmodifiableSet(EnumSet.copyOf(kinds));
    }

    /** The same among other kinds. */
    public CredentialFilter ofKinds(Set<CredentialKind> others) {
        return new CredentialFilter(
                others,
                owner,
                creator,
                mintedBy,
                scope,
                name,
                createdAfter,
                createdBefore,
                lastUsedBefore,
                isNeverUsed,
                expiresBefore,
                isNeverExpiring);
    }

    /** The same of another owner. */
    public CredentialFilter ofOwner(PrincipalId other) {
        return new CredentialFilter(
                kinds,
                other,
                creator,
                mintedBy,
                scope,
                name,
                createdAfter,
                createdBefore,
                lastUsedBefore,
                isNeverUsed,
                expiresBefore,
                isNeverExpiring);
    }

    /** The name as a pattern of {@code LIKE … ESCAPE '!'}. */
    String pattern() {
        var folded = DisplayName.folded(name);
        return "%" + folded.replace("!", "!!").replace("%", "!%").replace("_", "!_") + "%";
    }
}
