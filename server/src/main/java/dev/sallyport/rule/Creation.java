package dev.sallyport.rule;

import dev.sallyport.audit.Actor;
import dev.sallyport.identity.CredentialKind;
import dev.sallyport.identity.OrganizationId;
import dev.sallyport.sql.Transaction;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Holds what is created to the rules. */
final class Creation {

    private static final int MOST_NAMES = 10;

    private final RuleStore store;

    Creation(RuleStore store) {
        this.store = store;
    }

    Ruling admit(Transaction transaction, Actor actor, NewCredential asked, Instant now) {
        var rules = store.hold(transaction, actor.organization(), now).rules().of(asked.kind());
        if (!rules.isCreatable()) {
            return broken("kind_not_creatable", "Your organization does not allow new " + named(asked.kind()) + "s.");
        }
        if (!isCreator(transaction, actor, rules)) {
            return broken(
                    "creator_not_allowed",
                    "Your organization names the roles that create " + named(asked.kind())
                            + "s, and you hold none of them.");
        }
        var scopes = scopes(asked.kind(), rules, rules.forbiddenOf(asked.scopes()), asked.scopes());
        if (scopes.isPresent()) {
            return scopes.get();
        }
        var end = end(actor, asked, rules, now);
        return isWithoutEnd(asked.kind(), end) || !rules.isOutlivedBy(now, end)
                ? new Ruling.Allowed(end)
                : broken(
                        "life_too_long",
                        "Your organization allows a " + named(asked.kind()) + " at most " + rules.longestLifeDays()
                                + " days.");
    }

    Optional<NewCredential> fitted(Transaction transaction, Actor actor, NewCredential wanted, Instant now) {
        var rules = store.hold(transaction, actor.organization(), now).rules().of(wanted.kind());
        return rules.isCreatable() && isCreator(transaction, actor, rules)
                ? Optional.of(rules.fitted(wanted, now))
                : Optional.empty();
    }

    /** What the wire does not allow is left to whoever reads the wire. */
    private static boolean isWithoutEnd(CredentialKind kind, @Nullable Instant end) {
        return kind == CredentialKind.PERSONAL_ACCESS_TOKEN && end == null;
    }

    private boolean isCreator(Transaction transaction, Actor actor, KindRules rules) {
        var principal = actor.principal();
        // The operator holds no roles: who is on the machine is above them.
        if (rules.creators().isEmpty() || principal == null) {
            return true;
        }
        var held = store.rolesOf(transaction, actor.organization(), principal.id());
        return rules.creators().stream().anyMatch(held::contains);
    }

    /** What the rules give ends no later than the credential that asks: nobody said that it should. */
    private static @Nullable Instant end(Actor actor, NewCredential asked, KindRules rules, Instant now) {
        var named = asked.expiresAt();
        if (named != null) {
            return named;
        }
        var given = rules.defaultEnd(asked.kind(), now).orElse(null);
        var credential = actor.credential();
        return given != null && credential != null && credential.isOutlivedBy(given) ? credential.expiresAt() : given;
    }

    Optional<Ruling.Broken> admitScopes(
            Transaction transaction,
            OrganizationId organization,
            CredentialKind kind,
            Optional<List<String>> before,
            Optional<List<String>> after,
            Instant now) {
        var rules = store.hold(transaction, organization, now).rules().of(kind);
        var had = rules.forbiddenOf(before);
        var added = rules.forbiddenOf(after).stream()
                .filter(name -> !had.contains(name))
                .toList();
        return before.isEmpty() ? Optional.empty() : scopes(kind, rules, added, after);
    }

    private static Optional<Ruling.Broken> scopes(
            CredentialKind kind, KindRules rules, List<String> forbidden, Optional<List<String>> scopes) {
        if (scopes.isEmpty() && (!rules.mayBeUnscoped() || !forbidden.isEmpty())) {
            return Optional.of(broken(
                    "unscoped_not_allowed",
                    "Your organization does not allow a " + named(kind)
                            + " without scopes. Name those that it needs."));
        }
        if (forbidden.isEmpty()) {
            return Optional.empty();
        }
        var names = String.join(", ", forbidden.subList(0, Math.min(MOST_NAMES, forbidden.size())));
        return Optional.of(broken(
                "scopes_forbidden",
                "Your organization does not allow these scopes on a " + named(kind) + ": " + names));
    }

    private static Ruling.Broken broken(String code, String sentence) {
        return new Ruling.Broken(code, sentence);
    }

    private static String named(CredentialKind kind) {
        return switch (kind) {
            case API_KEY -> "API key";
            case PERSONAL_ACCESS_TOKEN, SERVICE_ACCESS_TOKEN, APPLICATION_KEY, SETUP_LINK, INVITATION ->
                kind.code().replace('_', ' ');
        };
    }
}
