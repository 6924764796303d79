package dev.sallyport.authzen;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.sallyport.http.Problem;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A decision on the wire. */
record EvaluationJson(boolean decision, Context context) {

    /**
     * Why.
     *
     * @param scopesRequired alternatives, of each of which all are needed
     * @param missing what the subject would need beyond what it may do now
     * @param credential id and kind; absent where a principal was named
     * @param error why a question of several could not be decided
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Context(
            @Nullable String reason,
            @Nullable String operation,
            @Nullable List<List<String>> scopesRequired,
            @Nullable List<String> missing,
            @Nullable Map<String, String> credential,
            @Nullable String decisionId,
            @Nullable ErrorJson error) {}

    record ErrorJson(int status, String message) {}

    static EvaluationJson undecided(Problem problem) {
        var error = new ErrorJson(problem.status(), problem.detail());
        return new EvaluationJson(false, new Context(null, null, null, null, null, null, error));
    }
}
