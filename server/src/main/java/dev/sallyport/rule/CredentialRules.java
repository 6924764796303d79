package dev.sallyport.rule;

import dev.sallyport.credential.StoredCredential;
import dev.sallyport.identity.CredentialKind;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What an organization asks of its credentials.
 *
 * @param addresses the CIDR ranges that calls may come from; empty for anywhere
 * @param kinds what it asks of each kind; a kind that is not named follows {@link KindRules#standard}
 */
record CredentialRules(List<String> addresses, Map<CredentialKind, KindRules> kinds) {

    /** The kinds that have rules, in the order in which they are shown. */
    static final List<CredentialKind> KINDS = List.of(
            CredentialKind.PERSONAL_ACCESS_TOKEN,
            CredentialKind.SERVICE_ACCESS_TOKEN,
            CredentialKind.APPLICATION_KEY,
            CredentialKind.API_KEY);

    /** Before anybody sets any: application keys are not created, everything else is as the wire contract has it. */
    static final CredentialRules STANDARD = new CredentialRules(List.of(), Map.of());

    CredentialRules {
        addresses = List.copyOf(addresses);
        kinds = Map.copyOf(kinds);
    }

    KindRules of(CredentialKind kind) {
        return kinds.getOrDefault(kind, KindRules.standard(kind));
    }

    CredentialRules with(CredentialKind kind, KindRules rules) {
        var changed = new EnumMap<CredentialKind, KindRules>(CredentialKind.class);
        changed.putAll(kinds);
        changed.put(kind, rules);
        return new CredentialRules(addresses, changed);
    }

    /** The rules that a live credential breaks at that moment. */
    Set<RuleName> brokenBy(StoredCredential credential, Instant now) {
        return of(credential.kind()).brokenBy(credential, now).stream()
                .map(rule -> new RuleName(credential.kind(), rule))
                .collect(Collectors.toUnmodifiableSet());
    }
}
