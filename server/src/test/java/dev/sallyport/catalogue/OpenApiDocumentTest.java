package dev.sallyport.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OpenApiDocumentTest {

    private static final Declaration NOTHING = new Declaration.Nothing();
    private static final Declaration OPEN = new Declaration.Open();

    @Test
    void the_example_of_the_tour_reads_as_it_is_meant() throws IOException {
        var document = read(Files.readString(example()));

        assertThat(document.title()).isEqualTo("Invoices");
        assertThat(document.operations())
                .containsExactly(
                        new DeclaredOperation("GetHealth", "GET", "/health", OPEN),
                        new DeclaredOperation("ListInvoices", "GET", "/invoices", anyOf("invoices_read")),
                        new DeclaredOperation("CreateInvoice", "POST", "/invoices", anyOf("invoices_write")),
                        new DeclaredOperation("GetInvoice", "GET", "/invoices/{id}", anyOf("invoices_read")),
                        new DeclaredOperation("DeleteInvoice", "DELETE", "/invoices/{id}", NOTHING));
        assertThat(OpenApiDocument.permissionNames(document.operations()))
                .containsExactly("invoices_read", "invoices_write");
    }

    @Test
    void json_reads_like_yaml() {
        var json = """
                {"openapi": "3.0.3", "info": {"title": "T", "version": "1"},
                 "servers": [{"url": "https://{region}.example.com:8443/{v}/", "variables": {
                     "region": {"default": "eu"}, "v": {"default": "v2"}}}],
                 "security": [{"oauth": ["all_read"]}],
                 "paths": {
                   "x-note": 1,
                   "/a": {"get": {}, "head": {"operationId": "HeadA"}, "x-other": {}, "parameters": []},
                   "/a/{b}": {"$ref": "#/components/pathItems/shared%7Eitem"}},
                 "components": {"pathItems": {"shared~item": {"put": {"x-permission": ["p", "q"]}}}}}
                """.replace("shared%7Eitem", "shared%7E0item");

        assertThat(read(json).operations())
                .containsExactly(
                        new DeclaredOperation("GET /v2/a", "GET", "/v2/a", anyOf("all_read")),
                        new DeclaredOperation("HeadA", "HEAD", "/v2/a", anyOf("all_read")),
                        new DeclaredOperation("PUT /v2/a/{b}", "PUT", "/v2/a/{b}", allOf("p", "q")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                // What is said of permissions comes before what is said of security.
                "{x-permission: {operator: OR, permissions: [a, b]}, security: []} | a, b",
                "{x-permission: {operator: AND, permissions: [b, a]}} | a+b",
                "{x-permission: {operator: OPEN, permissions: []}} | signed in",
                "{x-permission: {operator: OPEN}} | signed in",
                "{x-permission: a.b-c_D9} | a.b-c_D9",
                "{x-permission: [a, b, a]} | a+b",
                "{security: []} | open",
                "{security: [{}]} | open",
                "{security: [{oauth: [a]}, {}]} | open",
                "{security: [{key: []}]} | signed in",
                "{security: [{oauth: [a]}, {key: []}]} | signed in",
                "{security: [{oauth: [a, b]}, {oauth: [c]}]} | a+b, c",
                "{security: [{oauth: [a], key: []}]} | a",
                "{security: [{oauth: [a], other: [b]}]} | a+b",
                "{} | nothing",
                "{summary: x} | nothing"
            })
    void what_an_operation_asks_is_what_it_declares(String operation, String expected) {
        var document = read(document("/a: {get: " + operation + "}"));

        assertThat(document.operations()).hasSize(1);
        assertThat(described(document.operations().getFirst().declaration())).isEqualTo(expected);
    }

    @Test
    void security_of_the_document_holds_where_an_operation_has_none() {
        var document = read("""
                openapi: 3.1.0
                info: {title: T}
                security: [{oauth: [a]}]
                paths:
                  /a: {get: {}, post: {security: []}, put: {security: [{oauth: [b]}]}, delete: {x-permission: c}}
                """);

        assertThat(document.operations())
                .extracting(operation -> described(operation.declaration()))
                .containsExactly("a", "open", "b", "c");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "/a/{b}.json: {get: {}} | /paths/~1a~1{b}.json | whole segment",
                "/a/{b}{c}: {get: {}} | /paths/~1a~1{b}{c} | whole segment",
                "/a/{b}/{b}: {get: {}} | /paths/~1a~1{b}~1{b} | same name",
                "/a//b: {get: {}} | /paths/~1a~1~1b | empty segment",
                "/a/../b: {get: {}} | /paths/~1a~1..~1b | ends in a dot",
                "/a;b: {get: {}} | /paths/~1a;b | ';'",
                "/caf\u00e9: {get: {}} | /paths/~1caf\u00e9 | printable ASCII",
                "/a%3Ab: {get: {}} | /paths/~1a%3Ab | plainly",
                "a: {get: {}} | /paths/a | begin with a slash",
                "'/a?b=c': {get: {}} | /paths/~1a?b=c | no query",
                "/a: {$ref: 'other.yaml#/a'} | /paths/~1a | same document",
                "/a: {$ref: 'https://example.com/a'} | /paths/~1a | same document",
                "/a: {$ref: '#/paths/~1a'} | /paths/~1a | steps",
                "/a: {$ref: '#/nowhere'} | /paths/~1a | same document",
                "/a: {$ref: '#/info/%zz'} | /paths/~1a | same document",
                "/a: {$ref: '#/paths/~1b', get: {}} | /paths/~1a | only thing",
                "/a: [] | /paths/~1a | an object",
                "/a: {GET: {}} | /paths/~1a/GET | no method",
                "/a: {query: {}} | /paths/~1a/query | no method",
                "/a: {get: text} | /paths/~1a/get | an object",
                "/a: {get: {$ref: '#/x'}} | /paths/~1a/get | not a reference",
                "/a: {servers: [], get: {}} | /paths/~1a/servers | top of the document",
                "/a: {get: {servers: []}} | /paths/~1a/get/servers | top of the document",
                "/a: {get: {operationId: ''}} | /paths/~1a/get/operationId | blank",
                "/a: {get: {operationId: x}, put: {operationId: x}} | /paths/~1a/put/operationId | same id",
                "/a: {get: {x-permission: {operator: XOR, permissions: [a]}}} | /paths/~1a/get/x-permission | OR, AND or OPEN",
                "/a: {get: {x-permission: {permissions: [a]}}} | /paths/~1a/get/x-permission | OR, AND or OPEN",
                "/a: {get: {x-permission: {operator: OR, permissions: []}}} | /paths/~1a/get/x-permission | names no permission",
                "/a: {get: {x-permission: {operator: OR}}} | /paths/~1a/get/x-permission | names no permission",
                "/a: {get: {x-permission: }} | /paths/~1a/get/x-permission | names no permission",
                "/a: {get: {x-permission: 7}} | /paths/~1a/get/x-permission | names no permission",
                "/a: {get: {x-permission: [a, 7]}} | /paths/~1a/get/x-permission/1 | name of a permission",
                "/a: {get: {x-permission: 'a b'}} | /paths/~1a/get/x-permission | name of a permission",
                "/a: {get: {x-permission: '9a'}} | /paths/~1a/get/x-permission | name of a permission",
                "/a: {get: {security: {oauth: [a]}}} | /paths/~1a/get/security | a list",
                "/a: {get: {security: [oauth]}} | /paths/~1a/get/security/0 | an object",
                "/a: {get: {security: [{oauth: a}]}} | /paths/~1a/get/security/0/oauth | list of scopes",
                "/a: {get: {security: [{oauth: ['a b']}]}} | /paths/~1a/get/security/0/oauth/0 | name of a permission",
                "x-a: {} | /paths | no operation"
            })
    void a_document_is_refused_with_the_place_and_the_reason(String paths, String pointer, String reason) {
        var problems = problems(document(paths));

        assertThat(problems).first().satisfies(problem -> {
            assertThat(problem.pointer()).isEqualTo(pointer);
            assertThat(problem.detail()).contains(reason);
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{swagger: '2.0', paths: {}} | /swagger | Swagger 2",
                "{openapi: 3.2.0, paths: {}} | /openapi | 3.0 or 3.1",
                "{openapi: '4', paths: {}} | /openapi | 3.0 or 3.1",
                "{paths: {}} | /openapi | 3.0 or 3.1",
                "{openapi: 3.1.0, info: {title: ' '}, paths: {/a: {get: {}}}} | /info/title | blank",
                "{openapi: 3.1.0, info: {}, paths: {/a: {get: {}}}} | /info/title | blank",
                "{openapi: 3.1.0, info: {title: T}} | /paths | no operation",
                "{openapi: 3.1.0, info: {title: T}, security: 1, paths: {/a: {get: {}}}} | /security | a list",
                "{openapi: 3.1.0, info: {title: T}, servers: [{url: 'https://h/{v}'}], paths: {/a: {get: {}}}} | /servers/0/url | default",
                "{openapi: 3.1.0, info: {title: T}, servers: [{url: v1}], paths: {/a: {get: {}}}} | /servers/0/url | plain path",
                "{openapi: 3.1.0, info: {title: T}, servers: [{url: 'https://h/a/../b'}], paths: {/a: {get: {}}}} | /servers/0/url | plain path",
                "{openapi: 3.1.0, info: {title: T}, servers: [{url: 'https://h/?x'}], paths: {/a: {get: {}}}} | /servers/0/url | plain path"
            })
    void the_frame_of_a_document_is_checked_too(String document, String pointer, String reason) {
        var problems = problems(document.replaceFirst("^\\{", " # not JSON\n{"));

        assertThat(problems).first().satisfies(problem -> {
            assertThat(problem.pointer()).isEqualTo(pointer);
            assertThat(problem.detail()).contains(reason);
        });
    }

    @Test
    void all_problems_are_reported_together() {
        var problems = problems(document("""
                /a/{b}.json: {get: {x-permission: {operator: XOR}}}
                /b/{x}: {get: {}}
                /b/{y}: {put: {}}
                """));

        assertThat(problems)
                .extracting(DocumentProblem::pointer)
                .containsExactly("/paths/~1a~1{b}.json", "/paths/~1a~1{b}.json/get/x-permission", "/paths/~1b~1{y}");
        assertThat(problems.getLast())
                .hasToString("/paths/~1b~1{y}: It differs from /b/{x} in the names of variables only.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "   ",
                "- a",
                "text",
                "{",
                "{\"openapi\": \"3.1.0\", \"openapi\": \"3.0.0\"}",
                "{\"openapi\": \"3.1.0\"} {}",
                "openapi: 3.1.0\nopenapi: 3.0.0",
                "a: [",
                "a: b\n---\nc: d",
                "a: &x [1]\nb: *x",
                "a: &a [x]\nb: &b [*a, *a]\nc: &c [*b, *b]\nd: [*c, *c]",
                "base: &base {get: {security: []}}\npaths: {/a: {<<: *base}}"
            })
    void text_that_is_no_document_is_refused(String text) {
        assertThat(problems(text))
                .singleElement()
                .extracting(DocumentProblem::pointer)
                .isEqualTo("");
    }

    @Test
    void depth_size_and_encoding_are_bounded() {
        assertThat(problems("{\"a\":" + "[".repeat(10_000))).hasSize(1);
        assertThat(problems("a: " + "[".repeat(10_000))).hasSize(1);
        assertThat(problems("{\"a\":[" + "0,".repeat(400_000) + "0]}")).hasSize(1);
        assertThat(problems("a: [" + "0,".repeat(400_000) + "0]")).hasSize(1);
        assertThat(problems(" ".repeat(DocumentText.MOST_BYTES + 1)))
                .singleElement()
                .hasToString("The document: It is larger than 1048576 bytes.");
        assertThat(OpenApiDocument.read(new byte[] {'{', (byte) 0xC0, (byte) 0xAF, '}'}))
                .isEqualTo(new OpenApiDocument.Result.Refused(List.of(new DocumentProblem("", "It is not UTF-8."))));
    }

    @Test
    void operations_permissions_and_what_they_come_to_are_bounded() {
        var paths = (IntStreamText) count -> IntStream.range(0, count)
                .mapToObj(i -> "/p" + i + ": {get: {}}")
                .collect(Collectors.joining("\n"));
        var names = (IntStreamText)
                count -> IntStream.range(0, count).mapToObj(i -> "n" + i).collect(Collectors.joining(", ", "[", "]"));

        assertThat(read(document(paths.of(5_000))).operations()).hasSize(5_000);
        assertThat(problems(document(paths.of(5_001))))
                .hasSize(1)
                .first()
                .asString()
                .contains("5000 operations");
        assertThat(problems(document("/a: {get: {x-permission: " + names.of(501) + "}}")))
                .singleElement()
                .asString()
                .contains("names 501 permissions");
        assertThat(problems(document(paths.of(50)) + "security: [{oauth: " + names.of(500) + "}]"))
                .singleElement()
                .asString()
                .contains("more than 20000");
        assertThat(problems(document("/" + "a".repeat(1_000) + ": {get: {}}")))
                .singleElement()
                .asString()
                .contains("longer than 1000");
    }

    @Test
    void what_a_problem_quotes_cannot_move_a_cursor_or_fill_a_screen() {
        var problem = problems(document("\"/\\e[2J\\u202e" + "x".repeat(500) + "\": {get: {}}"))
                .getFirst();

        assertThat(problem.pointer())
                .startsWith("/paths/~1?[2J?xxx")
                .endsWith("…")
                .hasSizeLessThan(100);
    }

    /** Whatever is broken, the answer is a list of problems or a document whose operations can be matched. */
    @Test
    void no_damage_to_a_document_makes_it_throw() throws IOException {
        var whole = Files.readAllBytes(example());
        var random = new Random(20261123);
        for (var i = 0; i < 2_000; i++) {
            var damaged = whole.clone();
            for (var hits = 1 + random.nextInt(4); hits > 0; hits--) {
                damaged[random.nextInt(damaged.length)] =
                        (byte) " :{}[]-'\"/#&*!|\n\0a\u007f".charAt(random.nextInt(19));
            }

            switch (OpenApiDocument.read(damaged)) {
                case OpenApiDocument.Result.Refused(var problems) ->
                    assertThat(problems).as("round %d", i).isNotEmpty();
                case OpenApiDocument.Result.Read(var document) ->
                    assertThat(document.operations())
                            .as("round %d", i)
                            .allSatisfy(operation -> PathTemplate.require(operation.template()));
            }
        }
    }

    private interface IntStreamText {
        String of(int count);
    }

    static Path example() {
        return Path.of("..", "docs", "examples", "invoices.yaml");
    }

    private static String document(String paths) {
        return "openapi: 3.1.0\ninfo: {title: T}\npaths:\n" + paths.indent(2);
    }

    private static OpenApiDocument read(String text) {
        return switch (OpenApiDocument.read(text.getBytes(StandardCharsets.UTF_8))) {
            case OpenApiDocument.Result.Read(var document) -> document;
            case OpenApiDocument.Result.Refused(var problems) -> throw new AssertionError(problems);
        };
    }

    private static List<DocumentProblem> problems(String text) {
        return switch (OpenApiDocument.read(text.getBytes(StandardCharsets.UTF_8))) {
            case OpenApiDocument.Result.Read(var document) -> throw new AssertionError(document);
            case OpenApiDocument.Result.Refused(var problems) -> problems;
        };
    }

    private static Declaration anyOf(String... names) {
        return Declaration.anyOf(List.of(names));
    }

    private static Declaration allOf(String... names) {
        return Declaration.allOf(List.of(names));
    }

    private static String described(Declaration declaration) {
        return switch (declaration) {
            case Declaration.Open _ -> "open";
            case Declaration.SignedIn _ -> "signed in";
            case Declaration.Nothing _ -> "nothing";
            case Declaration.Holding(var alternatives) ->
                alternatives.stream().map(names -> String.join("+", names)).collect(Collectors.joining(", "));
        };
    }
}
