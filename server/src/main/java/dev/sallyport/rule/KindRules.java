package dev.sallyport.rule;

import dev.sallyport.credential.Carried;
import dev.sallyport.credential.StoredCredential;
import dev.sallyport.identity.CredentialKind;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What an organization asks of one kind of credential.
 *
 * @param isCreatable whether new ones may be made
 * @param longestLifeDays from creation to end; null for whatever the kind allows, which may be no end
 * @param defaultLifeDays where a request names no end; null for whatever the kind does then
 * @param creators ids of the roles of which its creator must hold one; empty for whoever has the permission
 * @param forbiddenScopes names of permissions that none may carry
 * @param mayBeUnscoped whether one may do all that its owner holds
 * @param unusedDays one that was not used for so long ends; null for never
 */
record KindRules(
        boolean isCreatable,
        @Nullable Integer longestLifeDays,
        @Nullable Integer defaultLifeDays,
        List<String> creators,
        List<String> forbiddenScopes,
        boolean mayBeUnscoped,
        @Nullable Integer unusedDays) {

    /** How far the clock of whoever named the end may be ahead of ours. */
    static final Duration CLOCK_TOLERANCE = Duration.ofMinutes(5);

    KindRules {
        creators = List.copyOf(creators);
        forbiddenScopes = List.copyOf(forbiddenScopes);
    }

    static KindRules standard(CredentialKind kind) {
        return new KindRules(!kind.isLegacy(), null, null, List.of(), List.of(), true, null);
    }

    KindRules creatable() {
        return new KindRules(
                true, longestLifeDays, defaultLifeDays, creators, forbiddenScopes, mayBeUnscoped, unusedDays);
    }

    /** When one that is created now ends if nobody says so; empty for never. */
    Optional<Instant> defaultEnd(CredentialKind kind, Instant now) {
        // The wire asks for the end of a personal access token: a bound on it is no answer that somebody gave.
        var days = defaultLifeDays == null && kind != CredentialKind.PERSONAL_ACCESS_TOKEN
                ? longestLifeDays
                : defaultLifeDays;
        return Optional.ofNullable(days).map(life -> now.plus(Duration.ofDays(life)));
    }

    /** @param end null for never */
    boolean isOutlivedBy(Instant createdAt, @Nullable Instant end) {
        return longestLifeDays != null
                && (end == null
                        || end.isAfter(
                                createdAt.plus(Duration.ofDays(longestLifeDays)).plus(CLOCK_TOLERANCE)));
    }

    /** The same without what is forbidden, and with the latest end that is allowed if its own is later. */
    NewCredential fitted(NewCredential wanted, Instant now) {
        var scopes = wanted.scopes()
                .map(names -> names.stream()
                        .filter(name -> !forbiddenScopes.contains(name))
                        .toList());
        var end = wanted.expiresAt();
        var fittedEnd =
                longestLifeDays != null && isOutlivedBy(now, end) ? now.plus(Duration.ofDays(longestLifeDays)) : end;
        return new NewCredential(wanted.kind(), scopes, fittedEnd);
    }

    /**
     * The forbidden names among those that a credential carries.
     *
     * @param scopes empty where it is not narrowed: then it carries every one
     */
    List<String> forbiddenOf(Optional<List<String>> scopes) {
        var carried = new Carried(scopes);
        return forbiddenScopes.stream()
                .filter(name -> carried.includes(List.of(name)))
                .toList();
    }

    /** The moment before which the last use, or the creation of what was never used, ends a credential now. */
    Optional<Instant> unusedBefore(Instant now) {
        return Optional.ofNullable(unusedDays).map(days -> now.minus(Duration.ofDays(days)));
    }

    Set<Rule> brokenBy(StoredCredential credential, Instant now) {
        var broken = EnumSet.noneOf(Rule.class);
        if (!isCreatable) {
            broken.add(Rule.CREATABLE);
        }
        if (isOutlivedBy(credential.createdAt(), credential.expiresAt())) {
            broken.add(Rule.LONGEST_LIFE);
        }
        if (!forbiddenOf(credential.scopes()).isEmpty()) {
            broken.add(Rule.FORBIDDEN_SCOPES);
        }
        if (!mayBeUnscoped && credential.isUnscoped()) {
            broken.add(Rule.UNSCOPED);
        }
        var lastUse = credential.lastUsedAt();
        var lastSign = lastUse == null ? credential.createdAt() : lastUse;
        if (unusedBefore(now).filter(lastSign::isBefore).isPresent()) {
            broken.add(Rule.UNUSED);
        }
        return broken;
    }
}
