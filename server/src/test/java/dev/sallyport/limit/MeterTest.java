package dev.sallyport.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.limit.Meter.Taken;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MeterTest {

    private static final long SECOND = 1_000_000_000L;
    private static final long NOON = Instant.parse("2026-11-23T12:00:00Z").getEpochSecond() * SECOND;
    private static final int THREADS = 4;

    private final Meter meter = new Meter();

    private int taken(Pace pace, long now, int calls) {
        var taken = 0;
        for (var i = 0; i < calls; i++) {
            taken += meter.take(pace, now) == Taken.YES ? 1 : 0;
        }
        return taken;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 7, 50, 999, 1_000_000})
    void a_second_of_silence_holds_exactly_so_many_calls(int perSecond) {
        var pace = new Pace(perSecond, null);

        assertThat(taken(pace, NOON, perSecond + 10)).isEqualTo(perSecond);
        assertThat(taken(pace, NOON + SECOND, perSecond + 10)).isEqualTo(perSecond);
    }

    @Test
    void over_a_long_time_no_second_gets_more_than_its_share_and_a_burst() {
        var seed = System.nanoTime();
        var random = new Random(seed);
        var pace = new Pace(100, null);
        var now = NOON;
        var taken = 0;
        for (var i = 0; i < 100_000; i++) {
            now += random.nextInt(4_000_000);
            taken += meter.take(pace, now) == Taken.YES ? 1 : 0;
        }

        var seconds = (now - NOON) / (double) SECOND;
        assertThat((double) taken).as("seed " + seed).isBetween(100 * seconds - 1, 100 * seconds + 101);
    }

    @Test
    void a_day_ends_at_midnight_and_not_before() {
        var pace = new Pace(null, 5);
        var midnight = Instant.parse("2026-11-24T00:00:00Z").getEpochSecond() * SECOND;

        assertThat(taken(pace, NOON, 9)).isEqualTo(5);
        assertThat(taken(pace, midnight - 1, 9)).isZero();
        assertThat(taken(pace, midnight, 9)).isEqualTo(5);
        assertThat(Meter.secondsToMidnight(NOON)).isEqualTo(12 * 3_600);
    }

    @Test
    void a_clock_that_was_set_back_locks_nobody_out() {
        var pace = new Pace(5, null);
        taken(pace, NOON + 3_600 * SECOND, 9);

        var afterwards = taken(pace, NOON, 9);

        assertThat(afterwards).isEqualTo(5);
        assertThat(taken(pace, NOON + SECOND, 9)).isEqualTo(5);
    }

    @Test
    void a_thread_that_comes_late_gets_nothing_beyond_the_bound() {
        var pace = new Pace(5, null);
        taken(pace, NOON + 3 * SECOND, 9);

        assertThat(taken(pace, NOON, 9)).isZero();
        assertThat(taken(pace, NOON + 3 * SECOND, 9)).isZero();
    }

    @Test
    void what_a_second_refuses_costs_nothing_of_the_day() {
        var pace = new Pace(1, 3);

        assertThat(taken(pace, NOON, 50)).isEqualTo(1);
        assertThat(meter.leftOfDay(3, NOON)).isEqualTo(2);
        assertThat(meter.take(pace, NOON)).isEqualTo(Taken.NOT_OF_SECOND);
    }

    @Test
    void what_is_left_is_what_can_be_taken() {
        var pace = new Pace(7, 100);
        taken(pace, NOON, 3);

        assertThat(meter.leftOfSecond(7, NOON)).isEqualTo(4);
        assertThat(taken(pace, NOON, 9)).isEqualTo(4);
        assertThat(meter.leftOfSecond(7, NOON)).isZero();
        assertThat(meter.leftOfSecond(7, NOON + SECOND)).isEqualTo(7);
    }

    @Test
    void many_threads_together_take_exactly_what_there_is() throws Exception {
        var pace = new Pace(1_000, 1_500);
        var barrier = new CyclicBarrier(THREADS);
        List<Callable<Integer>> tasks = new ArrayList<>();
        for (var i = 0; i < THREADS; i++) {
            tasks.add(() -> {
                barrier.await(10, TimeUnit.SECONDS);
                return taken(pace, NOON, 1_000);
            });
        }
        try (var threads = Executors.newFixedThreadPool(THREADS)) {
            var first = sum(threads.invokeAll(tasks));
            assertThat(first).isEqualTo(1_000);
        }
        assertThat(taken(pace, NOON + SECOND, 1_000)).isEqualTo(500);
    }

    private static int sum(List<java.util.concurrent.Future<Integer>> results) throws Exception {
        var sum = 0;
        for (var result : results) {
            sum += result.get(30, TimeUnit.SECONDS);
        }
        return sum;
    }
}
