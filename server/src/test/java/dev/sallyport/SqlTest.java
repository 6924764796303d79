package dev.sallyport;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Where SQL may stand, and that it is never joined from parts. */
class SqlTest {

    private static final Path SOURCES = Path.of("src/main/java/dev/sallyport");

    /** Not stores, but each owner of the few statements that make it what it is. */
    private static final Set<String> BESIDE_STORES =
            Set.of("sql/Database", "feed/Feed", "feed/History", "audit/ChangeTrail", "InstallationKeys");

    private static final Pattern STATEMENT = Pattern.compile(
            "\"\\s*(SELECT\\s|INSERT INTO|UPDATE\\s+\\w+\\s+SET|DELETE FROM|CREATE TABLE|WITH\\s+\\w+\\s+AS|SET LOCAL)");

    /**
     * What follows {@code .sql(} is one text and the end of the arguments, or a constant of the class.
     */
    private static final Pattern ARGUMENT = Pattern.compile(
            "\\.sql\\(\\s*(?:\"\"\".*?\"\"\"|\"(?:[^\"\\\\]|\\\\.)*\"|[A-Z][A-Z0-9_]*)\\s*\\)", Pattern.DOTALL);

    private static final Pattern CALL = Pattern.compile("\\.sql\\(");

    /** The jdbc statements of the search index, which is a file of its own. */
    private static final Pattern PREPARED =
            Pattern.compile("(?:prepareStatement|prepareCall|executeQuery|execute)\\(\\s*\"[^\"]*\"\\s*\\+");

    @Test
    void sql_stands_in_stores() {
        var elsewhere = new TreeSet<String>();
        sources().forEach((name, text) -> {
            if (STATEMENT.matcher(text).find() && !name.endsWith("Store")) {
                elsewhere.add(name);
            }
        });

        assertThat(elsewhere).isEqualTo(new TreeSet<>(BESIDE_STORES));
    }

    @Test
    void a_statement_is_one_text_and_values_are_bound() {
        var joined = new TreeSet<String>();
        var statements = 0;
        for (var entry : sources().entrySet()) {
            var text = entry.getValue();
            var calls = CALL.matcher(text).results().count();
            statements += (int) calls;
            if (calls != ARGUMENT.matcher(text).results().count()
                    || PREPARED.matcher(text).find()) {
                joined.add(entry.getKey());
            }
        }

        assertThat(joined).isEmpty();
        assertThat(statements).isGreaterThan(40);
    }

    @Test
    void the_checks_find_what_they_look_for() {
        assertThat(STATEMENT.matcher("x(\"SELECT 1\")").find()).isTrue();
        assertThat(ARGUMENT.matcher("t.sql(\"SELECT \" + name)").find()).isFalse();
        assertThat(ARGUMENT.matcher("t.sql(\"\"\"\n SELECT %s\n \"\"\".formatted(name))")
                        .find())
                .isFalse();
        assertThat(ARGUMENT.matcher("t.sql(\"SELECT 1\")").find()).isTrue();
    }

    private static Map<String, String> sources() {
        try (var files = Files.walk(SOURCES)) {
            var sources = new TreeMap<String, String>();
            for (var file :
                    files.filter(path -> path.toString().endsWith(".java")).toList()) {
                var name = SOURCES.relativize(file).toString().replaceFirst("\\.java$", "");
                sources.put(name, Files.readString(file));
            }
            return sources;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
