package dev.sallyport.directory;

import dev.sallyport.http.Problem;
import java.util.List;

/** Refusals on the wire that several operations share. */
final class DirectoryProblems {

    private static final int MOST_NAMES = 10;

    private DirectoryProblems() {}

    static Problem of(Denial denial) {
        return switch (denial) {
            case Denial.Beyond(var permissions) ->
                Problem.forbidden(
                        "permissions_not_held", "Your own credential does not reach this: " + listed(permissions));
            case Denial.NoLongerAllowed() ->
                Problem.forbidden("no_longer_allowed", "The credential of this request has ended or was narrowed.");
        };
    }

    private static String listed(List<String> names) {
        var text = String.join(", ", names.subList(0, Math.min(MOST_NAMES, names.size())));
        return names.size() > MOST_NAMES ? text + " and " + (names.size() - MOST_NAMES) + " more" : text;
    }
}
