package dev.sallyport.credential;

import dev.sallyport.identity.CredentialKind;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * What was ended.
 *
 * @param byKind how many of each kind; a kind of which there was none is absent
 * @param sample the first of them, at most twenty
 * @param revocations the acts, in their order; each credential bears the id of the one that ended it
 */
public record Revoked(Map<CredentialKind, Integer> byKind, List<StoredCredential> sample, List<UUID> revocations) {

    static final int SAMPLE = 20;

    public Revoked {
        byKind = Map.copyOf(byKind);
        sample = List.copyOf(sample);
        revocations = List.copyOf(revocations);
    }

    public int count() {
        return byKind.values().stream().mapToInt(Integer::intValue).sum();
    }

    static Map<CredentialKind, Integer> counted(Iterable<StoredCredential> credentials) {
        var byKind = new EnumMap<CredentialKind, Integer>(CredentialKind.class);
        credentials.forEach(credential -> byKind.merge(credential.kind(), 1, Integer::sum));
        return byKind;
    }
}
