package dev.sallyport.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {

    enum Colour {
        RED,
        GREEN
    }

    record Attributes(
            @Nullable String tokenName,
            @Nullable List<String> scopes,
            @Nullable Instant expiresAt,
            @Nullable Boolean isActive,
            @Nullable Integer pageSize,
            @Nullable UUID id,
            @Nullable Colour colour,
            @Nullable Object rest) {}

    record Data(@Nullable Attributes attributes) {}

    record Body(@Nullable Data data) {}

    record Named(String name) {
        Named {
            if (name.equals("refused")) {
                throw new BadInput("odd_name", "An odd name.");
            }
            if (name.equals("s3cret")) {
                throw new IllegalArgumentException("dev.sallyport.Secret s3cret");
            }
        }
    }

    private final Json json = new Json(Limits.DEFAULT);

    private Attributes read(String attributes) {
        var body = json.read("{\"data\":{\"attributes\":" + attributes + "}}", Body.class, Surface.OWN);
        return body.data() == null || body.data().attributes() == null
                ? none()
                : body.data().attributes();
    }

    private static Attributes none() {
        return new Attributes(null, null, null, null, null, null, null, null);
    }

    private Problem refusal(String text, Surface surface) {
        return catchThrowableOfType(BadInput.class, () -> json.read(text, Body.class, surface))
                .problem();
    }

    @Test
    void members_are_in_snake_case_and_may_be_absent_or_null() {
        var attributes =
                read("{\"token_name\":\"laptop\",\"scopes\":[\"a\",\"b\"],\"page_size\":3,\"is_active\":null}");

        assertThat(attributes.tokenName()).isEqualTo("laptop");
        assertThat(attributes.scopes()).containsExactly("a", "b");
        assertThat(attributes.pageSize()).isEqualTo(3);
        assertThat(attributes.isActive()).isNull();
        assertThat(attributes.expiresAt()).isNull();
    }

    @Test
    void it_is_written_in_snake_case_in_the_order_of_the_record_with_times_in_rfc3339() {
        var attributes = new Attributes(
                "laptop", List.of(), Instant.parse("2026-11-23T09:00:00.5Z"), true, 1, null, Colour.RED, Map.of());

        assertThat(new String(json.write(attributes), StandardCharsets.UTF_8))
                .isEqualTo("{\"token_name\":\"laptop\",\"scopes\":[],\"expires_at\":\"2026-11-23T09:00:00.500Z\","
                        + "\"is_active\":true,\"page_size\":1,\"id\":null,\"colour\":\"RED\",\"rest\":{}}");
    }

    @Test
    void escaped_surrogate_pairs_are_text() {
        assertThat(read("{\"token_name\":\"\\ud83d\\udd11\"}").tokenName()).isEqualTo("🔑");
    }

    @Test
    void times_are_read_with_any_offset() {
        assertThat(read("{\"expires_at\":\"2026-11-23T10:00:00.25+01:00\"}").expiresAt())
                .isEqualTo(Instant.parse("2026-11-23T09:00:00.25Z"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"token_name\":1}|/data/attributes/token_name|a text",
                "{\"token_name\":\"a\\ud800\"}|/data/attributes/token_name|a text",
                "{\"token_name\":\"\\udc00\\ud800\"}|/data/attributes/token_name|a text",
                "{\"token_name\":\"a\\u0000\"}|/data/attributes/token_name|a text",
                "{\"scopes\":[\"\\ud800\"]}|/data/attributes/scopes/0|a text",
                "{\"token_name\":true}|/data/attributes/token_name|a text",
                "{\"token_name\":1.5}|/data/attributes/token_name|a text",
                "{\"token_name\":{}}|/data/attributes/token_name|a text",
                "{\"token_name\":[\"a\"]}|/data/attributes/token_name|a text",
                "{\"scopes\":\"a\"}|/data/attributes/scopes|a list",
                "{\"scopes\":[\"a\",7]}|/data/attributes/scopes/1|a text",
                "{\"page_size\":\"7\"}|/data/attributes/page_size|a number within its range",
                "{\"page_size\":7.5}|/data/attributes/page_size|a number within its range",
                "{\"page_size\":true}|/data/attributes/page_size|a number within its range",
                "{\"page_size\":99999999999}|/data/attributes/page_size|a number within its range",
                "{\"is_active\":\"true\"}|/data/attributes/is_active|true or false",
                "{\"is_active\":1}|/data/attributes/is_active|true or false",
                "{\"is_active\":\"\"}|/data/attributes/is_active|true or false",
                "{\"expires_at\":1763888400}|/data/attributes/expires_at|a time as in",
                "{\"expires_at\":\"2026-11-23\"}|/data/attributes/expires_at|a time as in",
                "{\"expires_at\":\"2026-13-23T09:00:00Z\"}|/data/attributes/expires_at|a time as in",
                "{\"expires_at\":\"2026-11-23T09:00:00\"}|/data/attributes/expires_at|a time as in",
                "{\"expires_at\":\"٢026-11-23T09:00:00Z\"}|/data/attributes/expires_at|a time as in",
                "{\"id\":\"7\"}|/data/attributes/id|a UUID",
                "{\"colour\":\"BLUE\"}|/data/attributes/colour|one of RED, GREEN",
                "{\"colour\":0}|/data/attributes/colour|one of RED, GREEN",
                "[]|/data/attributes|an object",
                "\"\"|/data/attributes|an object",
                "\"x\"|/data/attributes|an object",
            })
    void a_value_of_another_type_is_refused_with_its_place_and_what_is_expected(
            String attributes, String pointer, String expected) {
        var problem = refusal("{\"data\":{\"attributes\":" + attributes + "}}", Surface.OWN);

        assertThat(problem.status()).isEqualTo(400);
        assertThat(problem.code()).isEqualTo("invalid_member");
        assertThat(problem.detail()).contains("'" + pointer + "'").contains("must be " + expected);
    }

    @Test
    void an_unknown_member_is_refused_on_our_surface_and_passed_over_on_the_other() {
        var text = "{\"data\":{\"attributes\":{\"colr\":1}}}";

        assertThat(refusal(text, Surface.OWN).detail()).contains("'/data/attributes/colr'");
        assertThat(refusal(text, Surface.OWN).code()).isEqualTo("unknown_member");
        assertThat(json.read(text, Body.class, Surface.DATADOG).data()).isNotNull();
    }

    @Test
    void a_name_that_is_not_a_plain_word_is_not_repeated() {
        assertThat(refusal("{\"<b>\\u202e\":1}", Surface.OWN).detail()).contains("'/?'");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"data\":null,\"data\":null}",
                "{\"data\":{\"unknown\":{\"a\":1,\"a\":2}}}",
                "{\"data\":{\"attributes\":{\"rest\":{\"a\":1,\"\\u0061\":2}}}}"
            })
    void a_member_that_is_there_twice_is_refused_anywhere(String text) {
        assertThat(refusal(text, Surface.DATADOG).code()).isEqualTo("duplicate_member");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "null",
                "{",
                "}",
                "{\"data\":}",
                "{data:null}",
                "{'data':null}",
                "{\"data\":null,}",
                "{} {}",
                "{}x",
                "{}]",
                "\uFEFF{}",
                "{\"data\":NaN}",
                "// c\n{}",
                "{\"data\":null}\u0000",
                "{\"data\":01}",
                "\u001f{}",
                "nul"
            })
    void what_is_not_one_json_value_is_refused(String text) {
        assertThat(refusal(text, Surface.DATADOG).code()).isEqualTo("invalid_json");
    }

    private static String nested(int depth) {
        var lists = depth - 3;
        return "{\"data\":{\"attributes\":{\"rest\":" + "[".repeat(lists) + "]".repeat(lists) + "}}}";
    }

    @Test
    void thirty_two_levels_are_read_and_one_more_is_refused() {
        assertThat(json.read(nested(32), Body.class, Surface.OWN).data()).isNotNull();
        assertThat(refusal(nested(33), Surface.OWN).code()).isEqualTo("json_over_limit");
        assertThat(refusal("{\"x\":" + "[".repeat(100_000), Surface.DATADOG).code())
                .isEqualTo("json_over_limit");
    }

    @Test
    void long_texts_names_and_numbers_are_refused() {
        var longest = "x".repeat(Limits.DEFAULT.jsonStringLength());

        assertThat(read("{\"token_name\":\"" + longest + "\"}").tokenName()).isEqualTo(longest);
        assertThat(refusal("{\"data\":\"" + longest + "x\"}", Surface.OWN).code())
                .isEqualTo("json_over_limit");
        assertThat(refusal("{\"x\":" + "9".repeat(1_000) + "}", Surface.DATADOG).code())
                .isEqualTo("json_over_limit");
        assertThat(refusal("{\"" + "n".repeat(1_000) + "\":1}", Surface.DATADOG).code())
                .isEqualTo("json_over_limit");
    }

    @Test
    void nothing_that_was_sent_and_nothing_of_the_inside_is_repeated() {
        for (var text : List.of(
                "{\"data\":\"s3cret\"}",
                "{\"data\":{\"attributes\":{\"id\":\"s3cret\"}}}",
                "{\"data\":{\"attributes\":{\"colour\":\"s3cret\"}}}",
                "{\"data\":{\"attributes\":{\"page_size\":\"s3cret\"}}}",
                "{\"data\":s3cret}",
                "{\"data\":\"s3cret")) {
            assertThat(refusal(text, Surface.OWN).detail())
                    .doesNotContain("s3cret", "sallyport", "java", "tools.", "Json");
        }
    }

    @Test
    void a_record_may_refuse_by_itself() {
        var refused = catchThrowableOfType(
                BadInput.class, () -> json.read("{\"name\":\"refused\"}", Named.class, Surface.OWN));
        var odd = catchThrowableOfType(
                BadInput.class, () -> json.read("{\"name\":\"s3cret\"}", Named.class, Surface.OWN));

        assertThat(refused.problem().code()).isEqualTo("odd_name");
        assertThat(odd.problem().detail()).isEqualTo("The value of the whole in the body is not allowed.");
    }
}
