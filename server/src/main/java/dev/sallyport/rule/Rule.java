package dev.sallyport.rule;

import java.util.Optional;

/** A rule that a credential which exists already may break. The code is the member of the document that sets it. */
enum Rule {
    CREATABLE("creatable"),
    LONGEST_LIFE("longest_life_days"),
    FORBIDDEN_SCOPES("forbidden_scopes"),
    UNSCOPED("unscoped"),
    UNUSED("unused_days");

    private final String code;

    Rule(String code) {
        this.code = code;
    }

    String code() {
        return code;
    }

    static Optional<Rule> parse(String code) {
        for (var rule : values()) {
            if (rule.code.equals(code)) {
                return Optional.of(rule);
            }
        }
        return Optional.empty();
    }
}
