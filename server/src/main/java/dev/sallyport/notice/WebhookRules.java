package dev.sallyport.notice;

import dev.sallyport.http.Outbound;
import dev.sallyport.identity.DisplayName;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What a webhook may be. Whether its name leads to a public address is seen at every delivery. */
final class WebhookRules {

    private final Outbound outbound;

    WebhookRules(Outbound outbound) {
        this.outbound = outbound;
    }

    Optional<Refusal> refusal(String name, String url, List<String> events) {
        var problem = DisplayName.problemWith(name);
        if (problem.isPresent()) {
            return problem.map(Refusal.InvalidName::new);
        }
        var unreachable = outbound.refusal(url);
        if (unreachable.isPresent()) {
            return unreachable.map(Refusal.InvalidUrl::new);
        }
        if (events.isEmpty()) {
            return Optional.of(new Refusal.NoEvents());
        }
        return events.stream().allMatch(event -> EventType.parse(event).isPresent())
                ? Optional.empty()
                : Optional.of(new Refusal.UnknownEvents());
    }

    /** Of names that are not refused. */
    static Set<EventType> events(List<String> names) {
        var types = EnumSet.noneOf(EventType.class);
        names.forEach(name -> types.add(EventType.parse(name).orElseThrow()));
        return types;
    }
}
