package dev.sallyport.limit;

import dev.sallyport.http.BadInput;
import dev.sallyport.identity.CredentialId;
import dev.sallyport.identity.Uuids;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Limits on the wire, which is also how they are stored. A member that is missing or null binds nothing. */
record LimitsJson(
        @Nullable PaceJson organization,
        @Nullable PaceJson credential,
        @Nullable Map<String, @Nullable PaceJson> credentials) {

    private static final JsonMapper MAPPER = JsonMapper.shared();

    record PaceJson(@Nullable Integer per_second, @Nullable Integer per_day) {

        private static PaceJson of(Pace pace) {
            return new PaceJson(pace.perSecond(), pace.perDay());
        }
    }

    static LimitsJson of(CallLimits limits) {
        var own = new TreeMap<String, @Nullable PaceJson>();
        limits.own().forEach((id, pace) -> own.put(id.toString(), PaceJson.of(pace)));
        return new LimitsJson(PaceJson.of(limits.organization()), PaceJson.of(limits.credential()), own);
    }

    /** @throws BadInput if a value means nothing */
    CallLimits parse() {
        var own = new HashMap<CredentialId, Pace>();
        var sent = credentials == null ? Map.<String, @Nullable PaceJson>of() : credentials;
        if (sent.size() > CallLimits.MOST_OWN) {
            throw refused("limits.credentials", "must hold at most " + CallLimits.MOST_OWN + ".");
        }
        sent.forEach((id, pace) -> own.put(
                Uuids.parse(id)
                        .map(CredentialId::new)
                        .orElseThrow(() -> refused("limits.credentials", "must name credentials by their ids.")),
                pace(pace, "limits.credentials." + id)));
        return new CallLimits(pace(organization, "limits.organization"), pace(credential, "limits.credential"), own);
    }

    private static Pace pace(@Nullable PaceJson json, String member) {
        if (json == null) {
            return Pace.FREE;
        }
        return new Pace(
                bounded(json.per_second(), member + ".per_second", Pace.MOST_PER_SECOND),
                bounded(json.per_day(), member + ".per_day", Pace.MOST_PER_DAY));
    }

    private static @Nullable Integer bounded(@Nullable Integer value, String member, int most) {
        if (value != null && (value < 1 || value > most)) {
            throw refused(member, "must be null or from 1 to " + most + ".");
        }
        return value;
    }

    private static BadInput refused(String member, String what) {
        return new BadInput("invalid_member", "The member '" + member + "' " + what);
    }

    static CallLimits read(String document) {
        return MAPPER.readValue(document, LimitsJson.class).parse();
    }

    static String write(CallLimits limits) {
        return MAPPER.writeValueAsString(of(limits));
    }
}
