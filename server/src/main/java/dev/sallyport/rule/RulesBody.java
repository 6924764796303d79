package dev.sallyport.rule;

import dev.sallyport.http.BadInput;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What is sent to set or to preview rules.
 *
 * @param revision the one that was read before, when setting them
 * @param apply_to_existing rules that end what breaks them already, by name
 * @param expect how many credentials that ends
 */
record RulesBody(
        @Nullable Integer revision,
        @Nullable RulesJson rules,
        @Nullable List<@Nullable String> apply_to_existing,
        @Nullable Long expect) {

    private static final int MOST_RULES = 50;

    CredentialRules parsedRules() {
        if (rules == null) {
            throw new BadInput("missing_member", "The member 'rules' is missing.");
        }
        return rules.parse();
    }

    Set<RuleName> applied() {
        var names = new TreeSet<RuleName>();
        var sent = apply_to_existing == null ? List.<@Nullable String>of() : apply_to_existing;
        if (sent.size() > MOST_RULES) {
            throw new BadInput("invalid_member", "The member 'apply_to_existing' must hold at most 50.");
        }
        for (var text : sent) {
            names.add(RuleName.parse(text == null ? "" : text)
                    .orElseThrow(() -> new BadInput(
                            "invalid_member",
                            "The member 'apply_to_existing' must hold names of rules like"
                                    + " personal_access_token.longest_life_days.")));
        }
        return names;
    }
}
