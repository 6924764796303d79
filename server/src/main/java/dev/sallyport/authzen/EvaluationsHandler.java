package dev.sallyport.authzen;

import dev.sallyport.http.BadInput;
import dev.sallyport.http.Handler;
import dev.sallyport.http.Reply;
import dev.sallyport.http.Request;
import dev.sallyport.http.Response;
import dev.sallyport.identity.Caller;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * {@code POST /access/v1/evaluations}: many questions, answered in their order.
 *
 * <p>All are decided before the first record is waited for, so they cost one write to the disk together.
 */
final class EvaluationsHandler implements Handler {

    static final int MOST_EVALUATIONS = 100;

    record Body(List<EvaluationJson> evaluations) {}

    /** After which answer the rest is left out. */
    private enum Semantic {
        EXECUTE_ALL,
        DENY_ON_FIRST_DENY,
        PERMIT_ON_FIRST_PERMIT;

        boolean endsWith(boolean isPermit) {
            return switch (this) {
                case EXECUTE_ALL -> false;
                case DENY_ON_FIRST_DENY -> !isPermit;
                case PERMIT_ON_FIRST_PERMIT -> isPermit;
            };
        }
    }

    private final Evaluator evaluator;

    EvaluationsHandler(Evaluator evaluator) {
        this.evaluator = evaluator;
    }

    @Override
    public Response handle(Caller caller, Request request) {
        var body = request.body(JsonNode.class);
        AccessRequestReader.requireObject(body, "question");
        var evaluations = body.path("evaluations");
        if (!evaluations.isMissingNode() && !evaluations.isArray()) {
            throw new BadInput("invalid_request", "The member 'evaluations' must be a list.");
        }
        if (evaluations.size() > MOST_EVALUATIONS) {
            throw new BadInput(
                    "too_many_evaluations", "At most " + MOST_EVALUATIONS + " evaluations are taken at once.");
        }
        var semantic = semantic(body);
        if (evaluations.isEmpty()) {
            var asked = AccessRequestReader.read(body, JsonNodeFactory.instance.objectNode());
            return Reply.ok(evaluator.answer(evaluator.ask(caller, asked)));
        }
        return Reply.ok(new Body(answers(caller, body, evaluations, semantic)));
    }

    private List<EvaluationJson> answers(Caller caller, JsonNode defaults, JsonNode evaluations, Semantic semantic) {
        var answers = new ArrayList<Supplier<EvaluationJson>>();
        for (var question : evaluations) {
            var isPermit = ask(caller, question, defaults, answers);
            if (semantic.endsWith(isPermit)) {
                break;
            }
        }
        return answers.stream().map(Supplier::get).toList();
    }

    /** Whether the answer is to be yes. A question that cannot be read is answered by itself: no. */
    private boolean ask(Caller caller, JsonNode question, JsonNode defaults, List<Supplier<EvaluationJson>> answers) {
        try {
            var pending = evaluator.ask(caller, AccessRequestReader.read(question, defaults));
            answers.add(() -> evaluator.answer(pending));
            return pending.isPermit();
        } catch (BadInput unreadable) {
            answers.add(() -> EvaluationJson.undecided(unreadable.problem()));
            return false;
        }
    }

    private static Semantic semantic(JsonNode body) {
        var options = body.path("options");
        if (options.isMissingNode()) {
            return Semantic.EXECUTE_ALL;
        }
        AccessRequestReader.requireObject(options, "options");
        var semantic = options.path("evaluations_semantic");
        return switch (semantic.isMissingNode() ? "execute_all" : semantic.isString() ? semantic.stringValue() : "") {
            case "execute_all" -> Semantic.EXECUTE_ALL;
            case "deny_on_first_deny" -> Semantic.DENY_ON_FIRST_DENY;
            case "permit_on_first_permit" -> Semantic.PERMIT_ON_FIRST_PERMIT;
            default ->
                throw new BadInput(
                        "invalid_request",
                        "The member 'options.evaluations_semantic' must be execute_all, deny_on_first_deny or"
                                + " permit_on_first_permit.");
        };
    }
}
