package dev.sallyport.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CanonicalPathTest {

    /** A vertical bar stands between the segments. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "/ ''",
                "/api/v1/monitor api|v1|monitor",
                "/api/v1/monitor?group=a//b/../c;d#e api|v1|monitor",
                "/api/v1/monitor/ api|v1|monitor|''",
                "/a?b?c a",
                "/API/V1 API|V1",
                "/host/web.example.com host|web.example.com",
                "/.well-known/sites .well-known|sites",
                "/a/..b a|..b",
                "/tags/env:prod,team=x@y tags|env:prod,team=x@y",
                "/tags/env%3Aprod tags|env:prod",
                "/caf%C3%A9/%E2%82%AC/%F0%9F%9A%AA café|€|🚪",
                "/a%20b/%22%3C%3E%5B%5D%7B%7C%7D a\u00a0b|\"<>[]{¦}",
                "/a+b/~user/(x)/!$&'*_- a+b|~user|(x)|!$&'*_-",
            },
            quoteCharacter = '`')
    void a_path_that_reads_in_one_way_is_canonical(String text, String segments) {
        var expected = List.of(segments.replace("''", "").replace('\u00a0', ' ').split("\\|", -1)).stream()
                .map(segment -> segment.replace('¦', '|'))
                .toList();

        var path = canonical(text);

        assertThat(path.segments()).isEqualTo(expected);
        assertThat(path.path()).isEqualTo(text.replaceFirst("\\?.*", ""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // Not a path.
                "",
                "?",
                "*",
                "api/v1",
                "?/api",
                "http://host/api",
                "host:443",
                "//host/api",
                "//",
                // Dots: climbing, and what some file systems cut off.
                "/.",
                "/..",
                "/./a",
                "/a/../b",
                "/a/..",
                "/a/.../b",
                "/a/b./c",
                "/a/b.",
                "/a/%2E%2E/b",
                "/a/%2e%2e/b",
                "/a/.%2E/b",
                "/a/b%2E",
                "/a/..%20/b",
                "/a/b%20",
                // Separators, plain and hidden.
                "/a//b",
                "/a///",
                "/a//",
                "/a\\b",
                "/a%5Cb",
                "/a%2Fb",
                "/a%2fb",
                "/a%252Fb",
                "/a;x=1/b",
                "/a/b;",
                "/a%3Bx",
                "/a%3Fb",
                "/a%23b",
                "/a#b",
                // Controls and blanks.
                "/a\u0000",
                "/a%00",
                "/a%00.json",
                "/a\tb",
                "/a%09b",
                "/a%0D%0Ab",
                "/a b",
                "/a\u007f",
                "/a%7F",
                "/a%C2%80",
                "/a%C2%9F",
                // Characters that no path holds plainly.
                "/caf\u00e9",
                "/a\uff0fb",
                "/a\"b",
                "/a<b>",
                "/{id}",
                "/a|b",
                "/a^b",
                "/a`b",
                "/a[1]",
                // Escapes: of what needs none, in lower or mixed case, incomplete.
                "/%41",
                "/%7Euser",
                "/a%2Db",
                "/%30",
                "/caf%c3%a9",
                "/caf%C3%a9",
                "/caf%c3%A9",
                "/a%3aB",
                "/a%",
                "/a%4",
                "/a%2",
                "/a%/b",
                "/a%2/Fb",
                "/a%zz",
                "/a%u002F",
                "/a%%",
                "/a%+2",
                "/a%\uff11\uff12",
                // Not UTF-8: overlong, cut off, surrogates, beyond Unicode, stray.
                "/a%C0%AF",
                "/a%C0%80",
                "/a%C1%81",
                "/a%E0%80%AF",
                "/a%F0%80%80%AF",
                "/a%C3",
                "/a%C3/%A9",
                "/a%E2%82",
                "/a%ED%A0%80",
                "/a%ED%A0%BD%ED%BA%AA",
                "/a%F4%90%80%80",
                "/a%F8%88%80%80%80",
                "/a%80",
                "/a%FF",
                "/a%FE"
            })
    void a_path_that_two_parsers_could_read_differently_is_refused(String text) {
        assertThat(CanonicalPath.parse(text)).isInstanceOf(CanonicalPath.Parsed.Ambiguous.class);
    }

    @Test
    void length_and_segments_are_bounded() {
        var longest = "/" + "a".repeat(CanonicalPath.LONGEST - 1);
        var deepest = "/a".repeat(CanonicalPath.MOST_SEGMENTS);

        assertThat(canonical(longest).path()).isEqualTo(longest);
        assertThat(canonical(deepest).segments()).hasSize(CanonicalPath.MOST_SEGMENTS);
        assertThat(reason(longest + "a")).contains("longer than 8192");
        assertThat(reason(deepest + "/a")).contains("more than 64");
    }

    @Test
    void only_an_escape_that_was_not_needed_counts_as_another_spelling() {
        var path = canonical("/a:b/a%3Ab/a%20b/%C3%A9");

        assertThat(List.of(path.isRespelled(0), path.isRespelled(1), path.isRespelled(2), path.isRespelled(3)))
                .containsExactly(false, true, false, false);
    }

    /** The second opinion is that of the JDK, which knows nothing of our rules. */
    @Test
    void whatever_is_canonical_means_the_same_to_another_parser() {
        var random = new Random(20261123);
        var canonical = 0;
        for (var i = 0; i < 50_000; i++) {
            var text = anyPath(random);
            if (!(CanonicalPath.parse(text) instanceof CanonicalPath.Parsed.Canonical(var path))) {
                continue;
            }
            canonical++;
            var uri = URI.create("http://host" + path.path());
            assertThat(uri.normalize()).as("%s (round %d)", text, i).isEqualTo(uri);
            var raw = uri.getRawPath().substring(1).split("/", -1);
            assertThat(path.segments()).as("%s (round %d)", text, i).hasSize(raw.length);
            var again = new StringBuilder();
            for (var at = 0; at < raw.length; at++) {
                var segment = path.segments().get(at);
                assertThat(URI.create("http://host/" + raw[at]).getPath())
                        .as("%s (round %d)", text, i)
                        .isEqualTo("/" + segment);
                again.append('/').append(encoded(segment));
            }
            assertThat(canonical(again.toString()).segments()).isEqualTo(path.segments());
        }
        assertThat(canonical).isGreaterThan(2_000);
    }

    @Test
    void no_text_at_all_makes_it_throw() {
        var random = new Random(7);
        for (var i = 0; i < 50_000; i++) {
            var text = new StringBuilder("/");
            for (var length = random.nextInt(24); length > 0; length--) {
                text.append((char) (random.nextBoolean() ? random.nextInt(0x80) : random.nextInt(0x10000)));
            }

            assertThat(CanonicalPath.parse(text.toString())).as("round %d", i).isNotNull();
        }
    }

    private static String anyPath(Random random) {
        var pieces = List.of(
                "/",
                "/",
                "/",
                "/",
                "a",
                "Z",
                "9",
                "~",
                "-",
                ".",
                "..",
                ":",
                "@",
                "=",
                "+",
                ";",
                "%",
                "%2F",
                "%3A",
                "%20",
                "%C3%A9",
                "%E2%82%AC",
                "%F0%9F%9A%AA",
                "%7E",
                "%c3",
                "%C0%AF",
                "%22",
                "%25",
                "\\",
                "é",
                "{",
                "?q",
                "#");
        var text = new StringBuilder("/");
        for (var length = 1 + random.nextInt(8); length > 0; length--) {
            text.append(pieces.get(random.nextInt(pieces.size())));
        }
        return text.toString();
    }

    /** Escapes everything that need not stand plainly, but for what the percent rule refuses to see escaped. */
    private static String encoded(String segment) {
        return URLEncoder.encode(segment, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("%7E", "~");
    }

    private static CanonicalPath canonical(String text) {
        return switch (CanonicalPath.parse(text)) {
            case CanonicalPath.Parsed.Canonical(var path) -> path;
            case CanonicalPath.Parsed.Ambiguous(var reason) -> throw new AssertionError(text + ": " + reason);
        };
    }

    private static String reason(String text) {
        return ((CanonicalPath.Parsed.Ambiguous) CanonicalPath.parse(text)).reason();
    }
}
