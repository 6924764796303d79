package dev.sallyport.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.sql.Micros;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SearchTimeTest {

    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

    @ParameterizedTest
    @CsvSource({
        "now, 2026-11-23T12:00:00Z",
        "now-15m, 2026-11-23T11:45:00Z",
        "now+1s, 2026-11-23T12:00:01Z",
        "now-2h, 2026-11-23T10:00:00Z",
        "now-1d, 2026-11-22T12:00:00Z",
        "now-1w, 2026-11-16T12:00:00Z",
        "now-999999w, 1970-01-01T00:00:00Z",
        "2026-11-23T12:00:00Z, 2026-11-23T12:00:00Z",
        "2026-11-23T13:00:00.250+01:00, 2026-11-23T12:00:00.250Z",
        "2026-11-23T13:00:00, 2026-11-23T12:00:00Z",
        "2026-11-23, 2026-11-22T23:00:00Z",
        "1732363200000, 2024-11-23T12:00:00Z",
        "0, 1970-01-01T00:00:00Z"
    })
    void a_time_is_read(String text, Instant expected) {
        assertThat(SearchTime.parse(text, NOW, ZoneId.of("Europe/Berlin"))).contains(Micros.of(expected));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "yesterday",
                "now-",
                "now-15",
                "now-15y",
                "now - 15m",
                "now-1d-1h",
                "now-١m",
                "NOW",
                "-5",
                "1e9",
                "999999999999999",
                "2026-13-01",
                "2026-02-30T00:00:00Z",
                "2026-11-23T25:00:00Z",
                "2026-11-23T12:00:00Z[UTC]",
                "+999999999-01-01T00:00:00Z"
            })
    void anything_else_is_no_time(String text) {
        assertThat(SearchTime.parse(text, NOW, ZoneOffset.UTC)).isEmpty();
    }
}
