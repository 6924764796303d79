package dev.sallyport;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.constantpool.Utf8Entry;
import java.lang.reflect.AccessFlag;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** Holds the compiled classes to the package table of docs/architecture.md. */
class ArchitectureTest {

    private static final Path CLASSES = Path.of("target/classes/dev/sallyport");
    private static final Path TABLE = Path.of("../docs/architecture.md");
    private static final Pattern ROW = Pattern.compile("^\\| `(\\w+)` \\|[^|]*\\| ([^|]*) \\|$");
    private static final Pattern MENTION = Pattern.compile("dev/sallyport/(\\w+)/");

    @Test
    void every_package_is_in_the_table_and_every_row_is_a_package() throws IOException {
        try (var folders = Files.list(CLASSES)) {
            var packages = folders.filter(Files::isDirectory)
                    .map(folder -> folder.getFileName().toString())
                    .filter(name -> !name.equals("migrations"))
                    .collect(Collectors.toCollection(TreeSet::new));

            assertThat(packages).isEqualTo(new TreeSet<>(table().keySet()));
        }
    }

    @Test
    void no_package_has_packages_below_it() throws IOException {
        for (var name : table().keySet()) {
            try (var inside = Files.list(CLASSES.resolve(name))) {
                assertThat(inside.filter(Files::isDirectory)).as(name).isEmpty();
            }
        }
    }

    @Test
    void a_package_mentions_only_what_its_row_allows() {
        var violations = new ArrayList<String>();
        table().forEach((name, allowed) -> classes(name)
                .forEach(file -> mentions(file)
                        .filter(mentioned -> !mentioned.equals(name) && !allowed.contains(mentioned))
                        .forEach(mentioned -> violations.add(CLASSES.relativize(file) + " mentions " + mentioned))));

        assertThat(violations).isEmpty();
    }

    @Test
    void an_arrow_that_nobody_needs_is_not_in_the_table() {
        table().forEach((name, allowed) -> {
            var mentioned = classes(name).flatMap(ArchitectureTest::mentions).collect(Collectors.toSet());

            assertThat(mentioned).as(name).containsAll(allowed);
        });
    }

    @Test
    void the_table_is_ordered_from_the_ground_up() {
        var above = new TreeSet<String>();
        table().forEach((name, allowed) -> {
            assertThat(above).as("rows above " + name).containsAll(allowed);
            above.add(name);
        });
    }

    /** Facts are facts: whoever holds a record holds no connection. The composition root's are its own. */
    @Test
    void records_hold_no_database_and_no_network() {
        var reaching = Stream.of(
                        "Ldev/sallyport/sql/Database;",
                        "Ldev/sallyport/sql/Transaction;",
                        "Lio/vertx/",
                        "Ljava/net/http/")
                .toList();

        var violations = table().keySet().stream()
                .flatMap(ArchitectureTest::classes)
                .map(ArchitectureTest::parse)
                .filter(ArchitectureTest::isRecord)
                .flatMap(model -> model.fields().stream()
                        .filter(field -> !field.flags().has(AccessFlag.STATIC))
                        .filter(field -> reaching.stream()
                                .anyMatch(
                                        type -> field.fieldType().stringValue().startsWith(type)))
                        .map(field -> model.thisClass().asInternalName() + "."
                                + field.fieldName().stringValue()));

        assertThat(violations).isEmpty();
    }

    @Test
    void only_http_knows_the_server_library() {
        var violations = table().keySet().stream()
                .filter(name -> !name.equals("http"))
                .flatMap(ArchitectureTest::classes)
                .filter(file -> texts(file).anyMatch(text -> text.contains("io/vertx/")));

        assertThat(violations).isEmpty();
    }

    @Test
    void only_listeners_know_what_they_share() {
        var violations = table().keySet().stream()
                .filter(name -> !name.equals("http") && !name.equals("grpc"))
                .flatMap(ArchitectureTest::classes)
                .filter(file -> texts(file).anyMatch(text -> text.contains("io/netty/")));

        assertThat(violations).isEmpty();
    }

    /** But for what the published stubs call a method. */
    @Test
    void only_grpc_knows_its_library() {
        var violations = table().keySet().stream()
                .filter(name -> !name.equals("grpc"))
                .flatMap(ArchitectureTest::classes)
                .filter(file -> texts(file)
                        .anyMatch(text ->
                                text.replace("io/grpc/MethodDescriptor", "").contains("io/grpc/")));

        assertThat(violations).isEmpty();
    }

    private static Map<String, Set<String>> table() {
        try {
            var rows = new LinkedHashMap<String, Set<String>>();
            for (var line : Files.readAllLines(TABLE)) {
                var row = ROW.matcher(line);
                if (row.matches()) {
                    var allowed = Arrays.stream(row.group(2).split("\\s+"))
                            .filter(name -> !name.equals("–"))
                            .collect(Collectors.toCollection(TreeSet::new));
                    assertThat(rows.put(row.group(1), allowed))
                            .as("a second row of " + row.group(1))
                            .isNull();
                }
            }
            assertThat(rows).isNotEmpty();
            return rows;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<Path> classes(String name) {
        try (var files = Files.list(CLASSES.resolve(name))) {
            return files.filter(file -> file.toString().endsWith(".class")).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<String> mentions(Path file) {
        return texts(file)
                .flatMap(text -> MENTION.matcher(text).results().map(match -> match.group(1)))
                .distinct();
    }

    /** Names in the constant pool cover code, signatures and annotations alike. */
    private static Stream<String> texts(Path file) {
        return StreamSupport.stream(parse(file).constantPool().spliterator(), false)
                .map(entry -> entry instanceof Utf8Entry utf8 ? utf8.stringValue() : "");
    }

    private static ClassModel parse(Path file) {
        try {
            return ClassFile.of().parse(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isRecord(ClassModel model) {
        return model.superclass()
                .map(type -> List.of("java/lang/Record").contains(type.asInternalName()))
                .orElse(false);
    }
}
