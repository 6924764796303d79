package dev.sallyport.chooser;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.sallyport.http.BadInput;
import dev.sallyport.http.Handler;
import dev.sallyport.http.Reply;
import dev.sallyport.http.Request;
import dev.sallyport.http.Response;
import dev.sallyport.identity.Caller;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code POST /sallyport/v1/choose}: which credential fits, or what is to be answered first. */
final class ChooseHandler implements Handler {

    record Body(
            @Nullable String what,
            @Nullable String who,
            @Nullable String from,
            @Nullable String how_long) {}

    record CredentialJson(String id, String name, boolean is_offered, boolean is_stored) {
        static CredentialJson of(Choice.Credential credential) {
            return new CredentialJson(
                    credential.id(), credential.name(), credential.isOffered(), credential.isStored());
        }
    }

    record AskJson(String question, String text, Map<String, String> answers) {}

    record AdviceJson(CredentialJson best, String reason, CredentialJson use, String life, String command) {}

    /** One of the two. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record ChoiceJson(@Nullable AskJson ask, @Nullable AdviceJson advice) {}

    private final Chooser chooser;

    ChooseHandler(Chooser chooser) {
        this.chooser = chooser;
    }

    @Override
    public Response handle(Caller caller, Request request) {
        var body = request.body(Body.class);
        var answers = new LinkedHashMap<String, String>();
        put(answers, "what", body.what());
        put(answers, "who", body.who());
        put(answers, "from", body.from());
        put(answers, "how_long", body.how_long());
        try {
            return Reply.ok(json(chooser.choose(answers)));
        } catch (IllegalArgumentException e) {
            throw new BadInput("unknown_answer", String.valueOf(e.getMessage()));
        }
    }

    private static void put(Map<String, String> answers, String question, @Nullable String answer) {
        if (answer != null) {
            answers.put(question, answer);
        }
    }

    private static ChoiceJson json(Choice choice) {
        return switch (choice) {
            case Choice.Ask(var question, var text, var answers) ->
                new ChoiceJson(new AskJson(question, text, answers), null);
            case Choice.Advice advice ->
                new ChoiceJson(
                        null,
                        new AdviceJson(
                                CredentialJson.of(advice.best()),
                                advice.reason(),
                                CredentialJson.of(advice.use()),
                                advice.life(),
                                advice.command()));
        };
    }
}
