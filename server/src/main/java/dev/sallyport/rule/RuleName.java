package dev.sallyport.rule;

import dev.sallyport.identity.CredentialKind;
import java.util.Comparator;
import java.util.Optional;

/** One rule for one kind, as people name it: {@code personal_access_token.longest_life_days}. */
record RuleName(CredentialKind kind, Rule rule) implements Comparable<RuleName> {

    private static final Comparator<RuleName> ORDER =
            Comparator.comparing(RuleName::kind).thenComparing(RuleName::rule);

    static Optional<RuleName> parse(String text) {
        var dot = text.indexOf('.');
        if (dot < 0) {
            return Optional.empty();
        }
        return CredentialKind.parse(text.substring(0, dot))
                .filter(CredentialRules.KINDS::contains)
                .flatMap(kind -> Rule.parse(text.substring(dot + 1)).map(rule -> new RuleName(kind, rule)));
    }

    @Override
    public int compareTo(RuleName other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return kind.code() + "." + rule.code();
    }
}
