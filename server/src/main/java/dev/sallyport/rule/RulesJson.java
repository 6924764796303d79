package dev.sallyport.rule;

import dev.sallyport.http.AddressRanges;
import dev.sallyport.http.BadInput;
import dev.sallyport.identity.CredentialKind;
import dev.sallyport.identity.Uuids;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The rules on the wire, which is also how they are stored. A member that is missing or null stands for the standard. */
record RulesJson(
        @Nullable List<@Nullable String> addresses,
        @Nullable KindJson personal_access_token,
        @Nullable KindJson service_access_token,
        @Nullable KindJson application_key,
        @Nullable KindJson api_key) {

    static final int MOST_ADDRESSES = 200;

    private static final int MOST_CREATORS = 50;
    private static final int MOST_SCOPES = 400;
    private static final int LONGEST_NAME = 255;

    /** The wire allows no token a longer life than a year. */
    private static final int LONGEST_TOKEN_DAYS = 365;

    private static final int LONGEST_DAYS = 3_650;

    record KindJson(
            @Nullable Boolean creatable,
            @Nullable Integer longest_life_days,
            @Nullable Integer default_life_days,
            @Nullable List<@Nullable String> creators,
            @Nullable List<@Nullable String> forbidden_scopes,
            @Nullable Boolean unscoped,
            @Nullable Integer unused_days) {

        private static KindJson of(KindRules rules) {
            return new KindJson(
                    rules.isCreatable(),
                    rules.longestLifeDays(),
                    rules.defaultLifeDays(),
                    List.copyOf(rules.creators()),
                    List.copyOf(rules.forbiddenScopes()),
                    rules.mayBeUnscoped(),
                    rules.unusedDays());
        }
    }

    static RulesJson of(CredentialRules rules) {
        return new RulesJson(
                List.copyOf(rules.addresses()),
                KindJson.of(rules.of(CredentialKind.PERSONAL_ACCESS_TOKEN)),
                KindJson.of(rules.of(CredentialKind.SERVICE_ACCESS_TOKEN)),
                KindJson.of(rules.of(CredentialKind.APPLICATION_KEY)),
                KindJson.of(rules.of(CredentialKind.API_KEY)));
    }

    /** @throws BadInput if a value means nothing, alone or beside the others */
    CredentialRules parse() {
        var kinds = new EnumMap<CredentialKind, KindRules>(CredentialKind.class);
        for (var kind : CredentialRules.KINDS) {
            var json = of(kind);
            kinds.put(kind, json == null ? KindRules.standard(kind) : parse(kind, json));
        }
        return new CredentialRules(ranges(addresses, "rules.addresses", MOST_ADDRESSES), kinds);
    }

    private @Nullable KindJson of(CredentialKind kind) {
        return switch (kind) {
            case PERSONAL_ACCESS_TOKEN -> personal_access_token;
            case SERVICE_ACCESS_TOKEN -> service_access_token;
            case APPLICATION_KEY -> application_key;
            case API_KEY -> api_key;
            case SETUP_LINK, INVITATION -> null;
        };
    }

    private static KindRules parse(CredentialKind kind, KindJson json) {
        var member = "rules." + kind.code() + ".";
        var longestLife = days(json.longest_life_days(), member + "longest_life_days", longestDays(kind));
        var defaultLife = days(json.default_life_days(), member + "default_life_days", longestDays(kind));
        if (longestLife != null && defaultLife != null && defaultLife > longestLife) {
            throw refused(member + "default_life_days", "must be at most longest_life_days.");
        }
        var forbidden = names(json.forbidden_scopes(), member + "forbidden_scopes", MOST_SCOPES);
        if (kind == CredentialKind.API_KEY && !forbidden.isEmpty()) {
            throw refused(member + "forbidden_scopes", "must be empty: an API key carries no scopes.");
        }
        var mayBeUnscoped = json.unscoped() == null || json.unscoped();
        if (kind != CredentialKind.APPLICATION_KEY && !mayBeUnscoped) {
            throw refused(member + "unscoped", "must be true: only an application key can be without scopes.");
        }
        var standard = KindRules.standard(kind);
        return new KindRules(
                json.creatable() == null ? standard.isCreatable() : json.creatable(),
                longestLife,
                defaultLife,
                roles(json.creators(), member + "creators"),
                forbidden,
                mayBeUnscoped,
                days(json.unused_days(), member + "unused_days", LONGEST_DAYS));
    }

    private static int longestDays(CredentialKind kind) {
        return switch (kind) {
            case PERSONAL_ACCESS_TOKEN, SERVICE_ACCESS_TOKEN -> LONGEST_TOKEN_DAYS;
            case APPLICATION_KEY, API_KEY, SETUP_LINK, INVITATION -> LONGEST_DAYS;
        };
    }

    /** Uses are told with some delay, so what is shorter than a day could end what was just used. */
    private static @Nullable Integer days(@Nullable Integer days, String member, int most) {
        if (days != null && (days < 1 || days > most)) {
            throw refused(member, "must be null or from 1 to " + most + ".");
        }
        return days;
    }

    private static List<String> roles(@Nullable List<@Nullable String> values, String member) {
        return names(values, member, MOST_CREATORS).stream()
                .map(text -> Uuids.parse(text)
                        .orElseThrow(() -> refused(member, "must hold ids of roles."))
                        .toString())
                .distinct()
                .toList();
    }

    /** Ranges in their canonical form, sorted, each once. */
    static List<String> ranges(@Nullable List<@Nullable String> values, String member, int most) {
        return texts(values, member, most).stream()
                .map(text -> AddressRanges.canonical(text)
                        .orElseThrow(() ->
                                refused(member, "must hold ranges of addresses like 192.0.2.0/24 or 2001:db8::/32.")))
                .sorted()
                .distinct()
                .toList();
    }

    private static List<String> names(@Nullable List<@Nullable String> values, String member, int most) {
        var names = new TreeSet<String>();
        for (var text : texts(values, member, most)) {
            if (text.isBlank() || text.length() > LONGEST_NAME || text.indexOf(' ') >= 0) {
                throw refused(member, "must hold names without blanks.");
            }
            names.add(text);
        }
        return List.copyOf(names);
    }

    private static List<String> texts(@Nullable List<@Nullable String> values, String member, int most) {
        if (values == null) {
            return List.of();
        }
        if (values.size() > most) {
            throw refused(member, "must hold at most " + most + ".");
        }
        var texts = new ArrayList<String>();
        for (var value : values) {
            if (value == null) {
                throw refused(member, "must hold texts.");
            }
            texts.add(value);
        }
        return texts;
    }

    private static BadInput refused(String member, String what) {
        return new BadInput("invalid_member", "The member '" + member + "' " + what);
    }
}
