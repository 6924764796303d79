package dev.sallyport.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ChooseCommandTest {

    @Test
    void answers_as_options_give_the_advice_without_a_server() {
        var run = new TestShell()
                .run("choose", "--what=api", "--who=developer", "--from=laptop", "--how-long=short_or_interactive");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).contains("personal access token", "1 to 7 days", "sallyport pat create");
    }

    @Test
    void what_cannot_be_issued_yet_is_named_with_what_to_use_until_then() {
        var run = new TestShell()
                .run("choose", "--what=api", "--who=workload", "--how-long=ephemeral", "--from=aws", "--json");

        assertThat(run.out()).contains("\"federation\"", "\"service_access_token\"", "sallyport sat create");
    }

    @Test
    void on_a_terminal_the_questions_are_asked_one_by_one() {
        var run = new TestShell().onATerminal().typing("1\n9\n1\n1\n2\n").run("choose");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).contains("What does it call?", "Who authenticates?", "personal access token", "365");
        assertThat(run.err()).contains("Type a number from 1 to 6.");
    }

    @Test
    void elsewhere_a_missing_answer_is_asked_for_with_its_option() {
        var run = new TestShell().run("choose", "--what=api", "--who=developer");
        var wrong = new TestShell().run("choose", "--who=nobody");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("--from").contains("ci_cd");
        assertThat(wrong.exitCode()).isEqualTo(2);
        assertThat(wrong.err()).contains("autonomous_agent");
    }

    @Test
    void whoever_stops_answering_is_not_asked_for_ever() {
        assertThat(new TestShell().onATerminal().typing("1\n").run("choose").exitCode())
                .isEqualTo(2);
        assertThat(new TestShell()
                        .onATerminal()
                        .typing("x\nx\nx\nx\n")
                        .run("choose")
                        .exitCode())
                .isEqualTo(2);
    }
}
