package dev.sallyport.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.http.Method;
import dev.sallyport.http.Problem;
import dev.sallyport.http.Reply;
import dev.sallyport.http.Response;
import dev.sallyport.http.Route;
import dev.sallyport.token.Redemption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class InvitationPageTest {

    private final List<String> setups = new ArrayList<>();
    private final List<String> accepted = new ArrayList<>();
    private final Console console = new Console(
            (code, _) -> {
                setups.add(code);
                return new Redemption.Refused();
            },
            (code, _) -> {
                accepted.add(code);
                return new Redemption.Refused();
            });

    @Test
    void opening_the_link_uses_nothing_up_and_offers_to_accept() {
        var reply = (Reply) answer(Method.GET, TestRequest.get("code", "ddinvite_x"));

        assertThat(reply.status()).isEqualTo(200);
        assertThat(((Reply.Body.Text) reply.body()).text())
                .contains("action=\"/console/invitation\"", "value=\"ddinvite_x\"", "invited");
        assertThat(accepted).isEmpty();
    }

    @Test
    void a_code_goes_to_invitations_and_not_to_setup_links() {
        var problem = (Problem) answer(Method.POST, TestRequest.post("*/*", "code", " ddinvite_x "));

        assertThat(accepted).containsExactly("ddinvite_x");
        assertThat(setups).isEmpty();
        assertThat(problem.status()).isEqualTo(404);
        assertThat(problem.code()).isEqualTo("invitation_refused");
        assertThat(problem.detail()).contains("Ask whoever invited you").doesNotContain("sallyport serve");
    }

    @Test
    void a_link_without_its_code_is_explained() {
        var reply = (Reply) answer(Method.GET, TestRequest.get("other", "x"));

        assertThat(reply.status()).isEqualTo(404);
        assertThat(((Reply.Body.Text) reply.body()).text()).contains("incomplete");
    }

    private Response answer(Method method, TestRequest request) {
        var route = console.routes().stream()
                .filter(candidate ->
                        candidate.method() == method && candidate.path().equals("/console/invitation"))
                .findFirst()
                .orElseThrow();
        return ((Route.Target.Open) route.target()).handler().handle(request);
    }
}
