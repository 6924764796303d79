package dev.sallyport.decision;

import dev.sallyport.catalogue.ProtectedApi;
import dev.sallyport.secret.TokenText;
import java.util.StringJoiner;

/** A path as the trail keeps it: which resource was called, without what could be presented by whoever reads the trail. */
final class RecordedPath {

    private static final int SHORTEST_TOKEN = 60;

    private RecordedPath() {}

    /**
     * The path with the name of the variable where the operation puts a secret into it (the legacy key operations of Datadog do),
     * and with the public portion where a token stands.
     */
    static String of(Judge.Call call) {
        var path = call.path();
        var template = call.target() instanceof Question.Target.Known(var operation) ? operation.template() : "";
        var hasSecret = template.indexOf('{') >= 0 && hasSecret(call.apiId(), template);
        return hasSecret || path.length() > SHORTEST_TOKEN ? rewritten(call.apiId(), template, path) : path;
    }

    /** Asked of every call, so it takes nothing apart. */
    private static boolean hasSecret(String api, String template) {
        return template.contains("{token}")
                || template.contains("{secret}")
                || (api.equals(ProtectedApi.DATADOG) && template.contains("{key}"));
    }

    /** An operation of one's own may well call the name of a resource its key. */
    private static boolean isSecret(String api, String segment) {
        return switch (segment) {
            case "{token}", "{secret}" -> true;
            case "{key}" -> api.equals(ProtectedApi.DATADOG);
            default -> false;
        };
    }

    private static String rewritten(String api, String template, String path) {
        var variables = template.split("/", -1);
        var segments = path.split("/", -1);
        var recorded = new StringJoiner("/");
        for (var i = 0; i < segments.length; i++) {
            var isHidden = variables.length == segments.length && isSecret(api, variables[i]);
            recorded.add(isHidden ? variables[i] : withoutToken(segments[i]));
        }
        return recorded.toString();
    }

    private static String withoutToken(String segment) {
        var token = TokenText.recognise(segment);
        return token == null ? segment : TokenText.publicPortion(token.prefix(), token.id());
    }
}
