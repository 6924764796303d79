package dev.sallyport.authzen;

import dev.sallyport.http.Handler;
import dev.sallyport.http.Reply;
import dev.sallyport.http.Request;
import dev.sallyport.http.Response;
import dev.sallyport.identity.Caller;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** {@code POST /access/v1/evaluation}: one question. A refusal is an answer, and so 200. */
final class EvaluationHandler implements Handler {

    private final Evaluator evaluator;

    EvaluationHandler(Evaluator evaluator) {
        this.evaluator = evaluator;
    }

    @Override
    public Response handle(Caller caller, Request request) {
        var asked = AccessRequestReader.read(request.body(JsonNode.class), JsonNodeFactory.instance.objectNode());
        return Reply.ok(evaluator.answer(evaluator.ask(caller, asked)));
    }
}
