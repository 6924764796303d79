package dev.sallyport.usage;

import dev.sallyport.identity.CredentialKind;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Why a credential does not look like what it is used for. The codes never change. */
enum Misfit {
    /** A personal token that is used in nearly every hour: by a machine. */
    ROUND_THE_CLOCK("A person's token is used round the clock, as only a machine does."),
    /** A legacy key that something still calls with. */
    LEGACY_IN_USE("A legacy key is still in use; a token can be narrower, and ends."),
    /** Nothing was called with it. */
    UNUSED("No call was allowed with it on any of these days.");

    private final String sentence;

    Misfit(String sentence) {
        this.sentence = sentence;
    }

    String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    String sentence() {
        return sentence;
    }

    /** The first that holds. */
    static Optional<Misfit> of(Traffic traffic) {
        var kind = traffic.credential().kind();
        if (traffic.isUnused()) {
            return Optional.of(UNUSED);
        }
        if (kind == CredentialKind.APPLICATION_KEY) {
            return traffic.allowed() > 0 ? Optional.of(LEGACY_IN_USE) : Optional.empty();
        }
        return kind == CredentialKind.PERSONAL_ACCESS_TOKEN && traffic.isRoundTheClock()
                ? Optional.of(ROUND_THE_CLOCK)
                : Optional.empty();
    }

    /** What the chooser would be told of whoever calls like this; empty where no other kind would do better. */
    static Map<String, String> answers(Misfit misfit, Traffic traffic) {
        return switch (misfit) {
            case UNUSED -> Map.of();
            case ROUND_THE_CLOCK, LEGACY_IN_USE ->
                traffic.isOfService() || traffic.isRoundTheClock()
                        ? Map.of("what", "api", "who", "pipeline_or_service", "how_long", "long_running")
                        : Map.of("what", "api", "who", "developer", "how_long", "long_running");
        };
    }
}
