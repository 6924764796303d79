package dev.sallyport;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every relative link of every document leads to a file or a heading that is there. */
class DocumentLinksTest {

    private static final Path ROOT = Path.of("..");
    private static final Pattern FENCE = Pattern.compile("(?ms)^```.*?^```");
    private static final Pattern CODE = Pattern.compile("`[^`\n]*`");
    private static final Pattern LINK = Pattern.compile("\\[[^]]*]\\(([^()\\s]+)\\)");
    private static final Pattern ELSEWHERE = Pattern.compile("^[a-z][a-z0-9+.-]*:.*");
    private static final Pattern HEADING = Pattern.compile("(?m)^#{1,6} +(.+?) *#*$");

    @Test
    void every_relative_link_leads_somewhere() throws IOException {
        var documents = documents();

        var dead = documents.stream().flatMap(DocumentLinksTest::deadLinks).toList();

        assertThat(documents).contains(ROOT.resolve("README.md"), ROOT.resolve("docs/architecture.md"));
        assertThat(dead).isEmpty();
    }

    @Test
    void a_link_to_nothing_is_noticed() throws IOException {
        var folder = Files.createTempDirectory("links");
        Files.writeString(folder.resolve("there.md"), "# Two words\n");
        var document = Files.writeString(
                folder.resolve("document.md"),
                "[a](there.md) [b](there.md#two-words) [c](#own) [d](gone.md) [e](there.md#gone) `[f](code)`\n\n# Own\n");

        var dead = deadLinks(document).toList();

        assertThat(dead).containsExactly(document + ": gone.md", document + ": there.md#gone");
    }

    /** At the root and in docs; what is built or installed has documents of its own. */
    private static List<Path> documents() throws IOException {
        try (var top = Files.list(ROOT);
                var below = Files.walk(ROOT.resolve("docs"))) {
            return Stream.concat(top, below)
                    .filter(file -> file.toString().endsWith(".md"))
                    .sorted()
                    .toList();
        }
    }

    private static Stream<String> deadLinks(Path document) {
        var dead = new ArrayList<String>();
        var links = LINK.matcher(prose(document));
        while (links.find()) {
            var link = links.group(1);
            if (!ELSEWHERE.matcher(link).matches() && !leadsSomewhere(document, link)) {
                dead.add(document + ": " + link);
            }
        }
        return dead.stream();
    }

    private static boolean leadsSomewhere(Path document, String link) {
        var hash = link.indexOf('#');
        var path = hash < 0 ? link : link.substring(0, hash);
        var target = path.isEmpty() ? document : document.resolveSibling(path);
        return Files.exists(target) && (hash < 0 || anchors(target).anyMatch(link.substring(hash + 1)::equals));
    }

    /** As GitHub makes them of headings. */
    private static Stream<String> anchors(Path document) {
        return HEADING.matcher(FENCE.matcher(read(document)).replaceAll(""))
                .results()
                .map(heading -> heading.group(1)
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\p{L}\\p{N}_ -]", "")
                        .replace(' ', '-'));
    }

    private static String prose(Path document) {
        var text = FENCE.matcher(read(document)).replaceAll("");
        return CODE.matcher(text).replaceAll("");
    }

    private static String read(Path document) {
        try {
            return Files.readString(document);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
