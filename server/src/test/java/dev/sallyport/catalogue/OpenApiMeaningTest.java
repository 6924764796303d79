package dev.sallyport.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OpenApiMeaningTest {

    private static OpenApiDocument.Result read(String extension) {
        var document = """
                openapi: 3.1.0
                info: {title: Records, version: "1"}
                paths:
                  /records:
                    get:
                      operationId: List
                %s
                """.formatted(extension);
        return OpenApiDocument.read(document.getBytes(StandardCharsets.UTF_8));
    }

    private static List<DeclaredOperation> operations(String extension) {
        return ((OpenApiDocument.Result.Read) read(extension)).document().operations();
    }

    @Test
    void an_operation_says_what_it_is_in_words_of_its_domain() {
        var read = operations(
                "      x-authzen: {resource: record, action: read, when: {resource.status: archived, action.soft: true}}");

        assertThat(read.getFirst().meaning())
                .isEqualTo(new Meaning("record", "read", Map.of("resource.status", "archived", "action.soft", "true")));
    }

    @Test
    void an_operation_need_not_say_it() {
        assertThat(operations("").getFirst().meaning()).isNull();
    }

    @Test
    void what_is_stored_is_what_was_read() {
        var read = operations("      x-authzen: {resource: record, action: read, when: {context.level: 3}}");

        assertThat(StoredOperation.read(StoredOperation.write(read))).isEqualTo(read);
    }

    @Test
    void what_was_stored_before_there_were_meanings_has_none() {
        var before =
                "[{\"id\":\"List\",\"method\":\"GET\",\"template\":\"/records\",\"asks\":\"open\",\"anyOf\":null}]";

        assertThat(StoredOperation.read(before).getFirst().meaning()).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "record",
                "{resource: record}",
                "{action: read}",
                "{resource: 7, action: read}",
                "{resource: record, action: ''}",
                "{resource: record, action: read, when: []}",
                "{resource: record, action: read, when: {subject.role: admin}}",
                "{resource: record, action: read, when: {status: archived}}",
                "{resource: record, action: read, when: {resource.status: null}}",
                "{resource: record, action: read, when: {resource.status: [a]}}",
                "{resource: record, action: read, when: {resource.status: 1.5}}"
            })
    void a_flaw_refuses_the_document_and_says_where(String extension) {
        var result = read("      x-authzen: " + extension);

        assertThat(result).isInstanceOf(OpenApiDocument.Result.Refused.class);
        assertThat(((OpenApiDocument.Result.Refused) result).problems())
                .allSatisfy(problem -> assertThat(problem.pointer()).contains("x-authzen"));
    }
}
