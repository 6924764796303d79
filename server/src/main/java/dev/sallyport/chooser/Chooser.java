package dev.sallyport.chooser;

import dev.sallyport.http.Method;
import dev.sallyport.http.Route;
import dev.sallyport.permission.Requirement;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Says which credential fits. It needs nothing but its data, so a command line can ask it without a server. */
public final class Chooser {

    private final ChooserData data = ChooserData.shipped();

    public List<Route> routes() {
        return List.of(Route.of(
                Method.POST,
                "/sallyport/v1/choose",
                "ChooseCredential",
                Requirement.SIGNED_IN,
                new ChooseHandler(this)));
    }

    /** The ids of the answers to a question, in the order in which they are offered. */
    public Set<String> answers(String question) {
        return question(question).answers().keySet();
    }

    /**
     * What fits, or the question that is to be answered next.
     *
     * @param answers by the id of the question; questions that no rule depends on may be left out
     * @throws IllegalArgumentException for a question or an answer that there is not
     */
    public Choice choose(Map<String, String> answers) {
        answers.forEach((question, answer) -> {
            if (!question(question).answers().containsKey(answer)) {
                throw new IllegalArgumentException("'" + answer + "' is no answer to '" + question + "'; choose one of "
                        + String.join(", ", question(question).answers().keySet()) + ".");
            }
        });
        for (var number = 1; number <= data.rules().size(); number++) {
            var rule = data.rules().get(number - 1);
            var isOut = rule.when().entrySet().stream()
                    .anyMatch(condition -> answers.containsKey(condition.getKey())
                            && !condition.getValue().contains(answers.get(condition.getKey())));
            if (!isOut) {
                var open = rule.when().keySet().stream()
                        .filter(question -> !answers.containsKey(question))
                        .collect(Collectors.toSet());
                return open.isEmpty() ? advice(number, rule, answers) : ask(open);
            }
        }
        throw new IllegalStateException("no rule holds for " + answers);
    }

    private Choice advice(int number, ChooserData.Rule rule, Map<String, String> answers) {
        var best = kind(rule.credential());
        var use = best.isOffered() ? rule.credential() : Objects.requireNonNull(best.untilThen());
        var used = kind(use);
        var howLong = answers.get("how_long");
        // Where it is the same however long it is used, nobody is asked.
        if (howLong == null && Set.copyOf(used.life().values()).size() > 1) {
            return ask(Set.of("how_long"));
        }
        var life = Objects.requireNonNull(
                howLong == null
                        ? used.life().values().iterator().next()
                        : used.life().get(howLong));
        return new Choice.Advice(
                number, described(rule.credential()), rule.reason(), described(use), life, command(used, howLong));
    }

    private static String command(ChooserData.Kind kind, @Nullable String howLong) {
        var command = Objects.requireNonNull(kind.command());
        var days = howLong == null ? null : kind.days().get(howLong);
        return days == null ? command : command.replace("DAYS", days.toString());
    }

    private Choice.Ask ask(Set<String> open) {
        var next = data.questions().stream()
                .filter(question -> open.contains(question.id()))
                .findFirst()
                .orElseThrow();
        return new Choice.Ask(next.id(), next.text(), next.answers());
    }

    private Choice.Credential described(String id) {
        var kind = kind(id);
        return new Choice.Credential(id, kind.name(), kind.isOffered(), kind.isStored());
    }

    private ChooserData.Kind kind(String id) {
        return Objects.requireNonNull(data.credentials().get(id), id);
    }

    private ChooserData.Question question(String id) {
        return data.questions().stream()
                .filter(question -> question.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("There is no question '" + id + "'; there are "
                        + data.questions().stream()
                                .map(ChooserData.Question::id)
                                .collect(Collectors.joining(", "))
                        + "."));
    }

    ChooserData data() {
        return data;
    }
}
