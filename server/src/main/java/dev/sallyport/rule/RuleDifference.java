package dev.sallyport.rule;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What changed from one set of rules to another, for the trail: the name of each rule, what it was and what it is. */
final class RuleDifference {

    /** Long lists are cut: the whole of them can be read from the rules. */
    private static final int LONGEST = 1_000;

    private RuleDifference() {}

    /** May be added to. */
    static Map<String, String> of(CredentialRules before, CredentialRules after) {
        var changes = new TreeMap<String, String>();
        note(changes, "addresses", before.addresses(), after.addresses());
        for (var kind : CredentialRules.KINDS) {
            var old = before.of(kind);
            var fresh = after.of(kind);
            var prefix = kind.code() + ".";
            note(changes, prefix + "creatable", old.isCreatable(), fresh.isCreatable());
            note(changes, prefix + "longest_life_days", old.longestLifeDays(), fresh.longestLifeDays());
            note(changes, prefix + "default_life_days", old.defaultLifeDays(), fresh.defaultLifeDays());
            note(changes, prefix + "creators", old.creators(), fresh.creators());
            note(changes, prefix + "forbidden_scopes", old.forbiddenScopes(), fresh.forbiddenScopes());
            note(changes, prefix + "unscoped", old.mayBeUnscoped(), fresh.mayBeUnscoped());
            note(changes, prefix + "unused_days", old.unusedDays(), fresh.unusedDays());
        }
        return changes;
    }

    private static void note(
            Map<String, String> changes, String rule, @Nullable Object before, @Nullable Object after) {
        var was = text(before);
        var is = text(after);
        if (!was.equals(is)) {
            changes.put(rule, is);
            changes.put(rule + "_before", was);
        }
    }

    private static String text(@Nullable Object value) {
        var text = switch (value) {
            case null -> "none";
            case List<?> list when list.isEmpty() -> "none";
            case List<?> list ->
                String.join(" ", list.stream().map(String::valueOf).toList());
            default -> value.toString();
        };
        return text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
    }
}
