package dev.sallyport.catalogue;

import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the path under which the first server has all others. */
final class OpenApiServers {

    private static final int LONGEST = 200;
    private static final Pattern VARIABLE = Pattern.compile("\\{([^{}]*)}");

    private final Place document;
    private final Consumer<DocumentProblem> problems;

    OpenApiServers(Place document, Consumer<DocumentProblem> problems) {
        this.document = document;
        this.problems = problems;
    }

    /** Without a slash at its end; empty if there is none. */
    String basePath() {
        var servers = document.member("servers");
        if (servers.node().isMissingNode() || servers.node().isEmpty()) {
            return "";
        }
        var server = servers.elements().getFirst();
        var url = server.member("url");
        var path = pathOf(withDefaults(server, url.node().asString("")));
        if (path.isEmpty()) {
            return "";
        }
        if (path.length() > LONGEST || !isPlainPath(path)) {
            problems.accept(url.problem("It must be a URL with a plain path of at most " + LONGEST
                    + " characters, or such a path; every variable needs a default."));
            return "";
        }
        return path;
    }

    private static String withDefaults(Place server, String url) {
        return VARIABLE.matcher(url)
                .replaceAll(variable -> Matcher.quoteReplacement(server.node()
                        .path("variables")
                        .path(variable.group(1))
                        .path("default")
                        .asString(variable.group())));
    }

    private static String pathOf(String url) {
        var authority = url.indexOf("://");
        var slash = authority < 0 ? 0 : url.indexOf('/', authority + 3);
        var path = slash < 0 ? "" : url.substring(slash);
        return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }

    private static boolean isPlainPath(String path) {
        return PathTemplate.parse(path) instanceof PathTemplate.Parsed.Canonical(var template)
                && template.segments().stream().allMatch(PathTemplate.Part.Literal.class::isInstance);
    }
}
