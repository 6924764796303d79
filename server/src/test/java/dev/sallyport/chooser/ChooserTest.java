package dev.sallyport.chooser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sallyport.Golden;
import dev.sallyport.cli.Commands;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class ChooserTest {

    private static final Set<String> PLATFORMS = Set.of("aws", "platform");
    private static final Set<String> PEOPLE = Set.of("developer", "first_party_client", "application_for_user");

    private final Chooser chooser = new Chooser();

    private List<Map<String, String>> everyCombination() {
        List<Map<String, String>> all = List.of(Map.of());
        for (var question : List.of("what", "who", "from", "how_long")) {
            all = all.stream()
                    .flatMap(before -> chooser.answers(question).stream().map(answer -> with(before, question, answer)))
                    .toList();
        }
        return all;
    }

    private static Map<String, String> with(Map<String, String> answers, String question, String answer) {
        var more = new LinkedHashMap<>(answers);
        more.put(question, answer);
        return more;
    }

    private Choice.Advice advice(Map<String, String> answers) {
        return (Choice.Advice) chooser.choose(answers);
    }

    @Test
    void every_combination_has_an_answer_with_a_reason_a_life_and_a_command() {
        var all = everyCombination();

        assertThat(all).hasSize(2 * 6 * 5 * 4);
        assertThat(all).allSatisfy(answers -> {
            var advice = advice(answers);
            assertThat(advice.reason()).endsWith(".");
            assertThat(advice.life()).isNotBlank();
            assertThat(advice.command()).startsWith("sallyport ");
            assertThat(advice.use().isOffered()).isTrue();
        });
    }

    @Test
    void a_command_makes_what_lives_as_long_as_the_advice_says() {
        assertThat(everyCombination()).allSatisfy(answers -> {
            var advice = advice(answers);
            var days = advice.command().replaceFirst(".*--days ", "");
            assertThat(advice.command()).doesNotContain("DAYS");
            if (!advice.use().id().equals("api_key")) {
                assertThat(advice.life()).containsPattern("\\b" + days + "\\b");
            }
        });
    }

    @Test
    void no_rule_is_out_of_reach() {
        var reached = new HashSet<Integer>();
        everyCombination().forEach(answers -> reached.add(advice(answers).rule()));

        assertThat(reached).hasSize(chooser.data().rules().size());
    }

    @Test
    void intake_takes_an_api_key_whoever_sends_and_nothing_else_does() {
        assertThat(everyCombination())
                .allSatisfy(answers -> assertThat(advice(answers).best().id().equals("api_key"))
                        .isEqualTo("intake".equals(answers.get("what"))));
    }

    @Test
    void what_a_platform_vouches_for_stores_no_secret() {
        assertThat(calls().filter(answers -> !PEOPLE.contains(answers.get("who")))
                        .filter(answers -> PLATFORMS.contains(answers.get("from"))))
                .isNotEmpty()
                .allSatisfy(
                        answers -> assertThat(advice(answers).best().isStored()).isFalse());
    }

    @Test
    void a_person_in_the_loop_never_acts_as_a_service_account() {
        assertThat(calls().filter(answers -> PEOPLE.contains(answers.get("who")))
                        .filter(answers -> !"ephemeral".equals(answers.get("how_long"))))
                .isNotEmpty()
                .allSatisfy(answers -> assertThat(List.of(
                                advice(answers).best().id(),
                                advice(answers).use().id()))
                        .isSubsetOf("personal_access_token", "oauth_client", "oauth_delegated"));
    }

    @Test
    void what_shall_store_nothing_stores_nothing_where_a_platform_can_vouch() {
        assertThat(calls().filter(answers -> "ephemeral".equals(answers.get("how_long")))
                        .filter(answers -> PLATFORMS.contains(answers.get("from"))))
                .allSatisfy(
                        answers -> assertThat(advice(answers).best().isStored()).isFalse());
    }

    private Stream<Map<String, String>> calls() {
        return everyCombination().stream().filter(answers -> "api".equals(answers.get("what")));
    }

    @Test
    void answered_one_by_one_the_questions_lead_to_the_same_advice() {
        assertThat(everyCombination()).allSatisfy(answers -> {
            var given = new LinkedHashMap<String, String>();
            while (chooser.choose(given) instanceof Choice.Ask(var question, var _, var offered)) {
                assertThat(given).doesNotContainKey(question);
                assertThat(offered).containsKey(answers.get(question));
                given.put(question, answers.get(question));
            }
            assertThat(advice(given)).isEqualTo(advice(answers));
        });
        assertThat(chooser.choose(Map.of("what", "intake"))).isInstanceOf(Choice.Advice.class);
    }

    @Test
    void a_question_or_an_answer_that_there_is_not_is_named() {
        assertThatThrownBy(() -> chooser.choose(Map.of("who", "nobody"))).hasMessageContaining("pipeline_or_service");
        assertThatThrownBy(() -> chooser.choose(Map.of("why", "so"))).hasMessageContaining("how_long");
    }

    @Test
    void a_command_that_is_offered_is_one_that_there_is() {
        var root = Commands.addTo(new CommandLine(CommandLine.Model.CommandSpec.create()));

        var offered = chooser.data().credentials().values().stream()
                .filter(ChooserData.Kind::isOffered)
                .toList();
        assertThat(offered).isNotEmpty().allSatisfy(kind -> {
            var words =
                    List.of(String.valueOf(kind.command()).replace("DAYS", "7").split(" "));
            root.parseArgs(words.subList(1, words.size()).toArray(String[]::new));
        });
        assertThat(chooser.data().credentials().values()).allSatisfy(kind -> {
            assertThat(kind.isOffered()).isEqualTo(kind.command() != null).isEqualTo(kind.untilThen() == null);
            assertThat(kind.life().keySet()).isEqualTo(chooser.answers("how_long"));
        });
    }

    @Test
    void the_whole_table_is_read_by_people_before_it_changes() {
        var byAdvice = new TreeMap<String, List<String>>();
        everyCombination()
                .forEach(answers -> byAdvice.computeIfAbsent(
                                "%2d. %s, until then %s"
                                        .formatted(
                                                advice(answers).rule(),
                                                advice(answers).best().id(),
                                                advice(answers).use().id()),
                                _ -> new ArrayList<>())
                        .add(String.join(" ", answers.values())));
        var table = new StringBuilder();
        byAdvice.forEach((advice, combinations) -> {
            table.append(advice).append('\n');
            combinations.forEach(
                    combination -> table.append("    ").append(combination).append('\n'));
        });

        Golden.assertMatches("chooser/table.txt", table.toString());
    }
}
