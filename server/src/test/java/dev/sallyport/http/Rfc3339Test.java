package dev.sallyport.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Rfc3339Test {

    @ParameterizedTest
    @CsvSource({
        "2026-11-23T12:00:00Z, 2026-11-23T12:00:00Z",
        "2026-11-23t12:00:00z, 2026-11-23T12:00:00Z",
        "2026-11-23T12:00:00.1Z, 2026-11-23T12:00:00.100Z",
        "2026-11-23T12:00:00.123456789Z, 2026-11-23T12:00:00.123456789Z",
        "2026-11-23T12:00:00+02:00, 2026-11-23T10:00:00Z",
        "2026-11-23T12:00:00-23:59, 2026-11-24T11:59:00Z",
        "2026-11-23T12:00:00-00:00, 2026-11-23T12:00:00Z",
        "2024-02-29T23:59:59Z, 2024-02-29T23:59:59Z",
        "0000-01-01T00:00:00+23:59, -0001-12-31T00:01:00Z"
    })
    void a_date_and_a_time_with_an_offset_are_a_moment(String text, Instant moment) {
        assertThat(Rfc3339.parse(text)).contains(moment);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "2026-11-23",
                "2026-11-23T12:00Z",
                "2026-11-23T12:00:00",
                "2026-11-23 12:00:00Z",
                " 2026-11-23T12:00:00Z",
                "2026-11-23T12:00:00Z ",
                "2026-11-23T12:00:00Z\n",
                "+2026-11-23T12:00:00Z",
                "-2026-11-23T12:00:00Z",
                "+12026-11-23T12:00:00Z",
                "12026-11-23T12:00:00Z",
                "2026-11-23T12:00:00.Z",
                "2026-11-23T12:00:00,5Z",
                "2026-11-23T12:00:00.1234567890Z",
                "2026-11-23T12:00:00+0200",
                "2026-11-23T12:00:00+02",
                "2026-11-23T12:00:00+24:00",
                "2026-11-23T12:00:00+02:60",
                "2026-11-23T12:00:00+02:00:30",
                "2026-13-01T12:00:00Z",
                "2026-02-29T12:00:00Z",
                "2026-11-31T12:00:00Z",
                "2026-11-23T24:00:00Z",
                "2026-11-23T12:60:00Z",
                "2026-11-23T23:59:60Z",
                "٢٠٢٦-11-23T12:00:00Z",
                "２０２６-11-23T12:00:00Z",
                "1795435200"
            })
    void anything_else_is_none(String text) {
        assertThat(Rfc3339.parse(text)).isEmpty();
    }

    @Test
    void a_moment_is_written_with_microseconds_in_utc() {
        assertThat(Rfc3339.format(Instant.parse("2026-11-23T12:00:00Z"))).isEqualTo("2026-11-23T12:00:00.000000Z");
        assertThat(Rfc3339.format(Instant.parse("2026-11-23T12:00:00.123456789Z")))
                .isEqualTo("2026-11-23T12:00:00.123456Z");
    }

    @Test
    void what_is_written_is_read_again() {
        var seed = new Random().nextLong();
        var random = new Random(seed);
        for (var i = 0; i < 1_000; i++) {
            var moment = Instant.ofEpochSecond(random.nextLong(253_402_300_800L), 1_000L * random.nextInt(1_000_000));

            assertThat(Rfc3339.parse(Rfc3339.format(moment))).as("seed " + seed).isEqualTo(Optional.of(moment));
        }
    }
}
