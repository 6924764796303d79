package dev.sallyport.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.audit.DecisionLog.Written;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class DecisionLogTest {

    static final LogLimits SMALL = new LogLimits(
            16 << 10,
            4 << 10,
            1 << 20,
            100,
            1 << 20,
            Duration.ofMillis(400),
            Duration.ofMillis(1),
            Duration.ofMillis(10),
            0,
            Duration.ZERO,
            100,
            10,
            1 << 20,
            Duration.ofDays(1));

    private final RecordedFiles files = new RecordedFiles();
    private final BlockingQueue<Written> answers = new LinkedBlockingQueue<>();
    private final Loop loop = new Loop();

    /** Runs its tasks at once, and counts them. */
    private static final class Loop implements Executor {
        final List<Integer> tasks = new ArrayList<>();

        @Override
        public synchronized void execute(Runnable task) {
            tasks.add(tasks.size());
            task.run();
        }
    }

    private DecisionLog open() throws IOException {
        return open(files);
    }

    private static DecisionLog open(RecordedFiles files) throws IOException {
        return open(files, SMALL);
    }

    private static DecisionLog open(RecordedFiles files, LogLimits limits) throws IOException {
        return DecisionLog.open(files, Samples.PERMISSIONS, limits, InstantSource.fixed(Samples.NOON), new Random(1));
    }

    private Written answer() throws InterruptedException {
        var answer = answers.poll(20, TimeUnit.SECONDS);
        assertThat(answer).as("an answer").isNotNull();
        return answer;
    }

    @Test
    void an_allow_is_answered_only_after_its_record_was_forced() throws Exception {
        try (var log = open()) {
            for (var i = 0; i < 50; i++) {
                log.append(Samples.allowed("/" + i), loop, written -> {
                    files.note("answered");
                    answers.add(written);
                });
                assertThat(answer()).isInstanceOf(Written.Durable.class);
            }
        }

        var segments = new HashSet<Integer>();
        var unforced = new HashMap<Integer, Integer>();
        for (var operation : files.operations()) {
            switch (operation) {
                case RecordedFiles.Operation.Wrote wrote -> {
                    unforced.merge(wrote.file(), 1, Integer::sum);
                    if (wrote.name().endsWith(Segment.SUFFIX)) {
                        segments.add(wrote.file());
                    }
                }
                case RecordedFiles.Operation.Forced(var file) -> unforced.remove(file);
                case RecordedFiles.Operation.Noted _ ->
                    assertThat(unforced.keySet()).doesNotContainAnyElementsOf(segments);
                default -> {}
            }
        }
        assertThat(segments).isNotEmpty();
    }

    @Test
    void all_records_of_one_commit_wake_a_loop_once() throws Exception {
        var gate = new CountDownLatch(1);
        var other = new Loop();
        try (var log = open()) {
            files.hangsUntil(gate);
            log.append(Samples.allowed("/first"), loop, answers::add);
            files.awaitHanging();
            for (var i = 0; i < 20; i++) {
                log.append(Samples.allowed("/" + i), i % 2 == 0 ? loop : other, answers::add);
            }

            gate.countDown();
            for (var i = 0; i < 21; i++) {
                assertThat(answer()).isInstanceOf(Written.Durable.class);
            }
        }

        assertThat(loop.tasks).hasSize(2);
        assertThat(other.tasks).hasSize(1);
    }

    @Test
    void a_full_queue_refuses_at_once() throws Exception {
        var gate = new CountDownLatch(1);
        try (var log = open()) {
            files.hangsUntil(gate);
            for (var i = 0; i < SMALL.queuedRecords(); i++) {
                log.append(Samples.allowed("/" + i), loop, _ -> {});
            }

            var id = log.append(Samples.allowed("/one too many"), loop, answers::add);

            assertThat(answers).containsExactly(new Written.Refused(id, Written.Reason.FULL));
            gate.countDown();
        }
    }

    @Test
    void a_disk_that_hangs_is_answered_in_time_and_the_log_recovers_by_itself() throws Exception {
        var gate = new CountDownLatch(1);
        try (var log = open()) {
            files.hangsUntil(gate);
            var begin = System.nanoTime();
            var id = log.append(Samples.allowed("/late"), loop, answers::add);

            assertThat(answer()).isEqualTo(new Written.Refused(id, Written.Reason.LATE));
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(5));
            var next = log.append(Samples.allowed("/meanwhile"), loop, answers::add);
            assertThat(answer()).isEqualTo(new Written.Refused(next, Written.Reason.STALLED));

            gate.countDown();
            assertThat(firstDurable(log)).isNotNull();
        }
        assertThat(answers).isEmpty();
    }

    @Test
    void a_file_that_failed_is_never_used_again() throws Exception {
        List<RecordedFiles.Operation> after;
        String failed;
        try (var log = open()) {
            log.append(Samples.allowed("/before"), loop, answers::add);
            assertThat(answer()).isInstanceOf(Written.Durable.class);
            failed = log.position().segment();
            files.fails(true);
            log.append(Samples.allowed("/refused"), loop, answers::add);
            assertThat(answer())
                    .isInstanceOfSatisfying(
                            Written.Refused.class,
                            refused -> assertThat(refused.reason()).isEqualTo(Written.Reason.FAILED));
            var before = files.operations().size();

            files.fails(false);
            var id = firstDurable(log);

            after = files.operations().subList(before, files.operations().size());
            assertThat(log.position().segment()).isGreaterThan(failed);
            assertThat(Samples.idsIn(files)).contains(id);
        }
        assertThat(after)
                .noneMatch(operation -> operation instanceof RecordedFiles.Operation.Wrote wrote
                        && wrote.name().equals(failed));
    }

    private AuditId firstDurable(DecisionLog log) throws InterruptedException {
        var deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (System.nanoTime() < deadline) {
            log.append(Samples.allowed("/again"), loop, answers::add);
            if (answer() instanceof Written.Durable(var id)) {
                return id;
            }
        }
        throw new AssertionError("the log did not recover");
    }

    @Test
    void a_closed_log_has_written_what_waited_and_refuses_the_rest() throws Exception {
        var log = open();
        var noted = log.note(Samples.allowed("/noted"));

        log.close();
        var id = log.append(Samples.allowed("/late"), loop, answers::add);

        assertThat(answers).containsExactly(new Written.Refused(id, Written.Reason.CLOSED));
        assertThat(Samples.idsIn(files)).containsExactly(noted);
    }

    @Test
    void files_are_ended_and_their_order_is_that_of_the_records() throws Exception {
        var ids = new ArrayList<AuditId>();
        try (var log = open()) {
            for (var i = 0; i < 300; i++) {
                ids.add(log.append(Samples.allowed("/" + i), loop, answers::add));
                assertThat(answer()).isInstanceOf(Written.Durable.class);
            }
        }

        assertThat(files.segments()).hasSizeGreaterThan(3);
        assertThat(Samples.idsIn(files)).isEqualTo(ids);
    }

    @Test
    void no_id_is_given_twice_over_restarts() throws Exception {
        var ids = new ArrayList<AuditId>();
        for (var start = 0; start < 5; start++) {
            try (var log = open()) {
                ids.add(log.append(Samples.allowed("/"), loop, answers::add));
                ids.add(log.note(Samples.allowed("/")));
            }
        }

        assertThat(ids).doesNotHaveDuplicates();
        assertThat(Samples.idsIn(files)).isEqualTo(ids);
    }

    @Test
    void a_lost_node_file_never_brings_an_epoch_back() throws Exception {
        try (var log = open()) {
            log.note(Samples.allowed("/"));
        }
        files.delete("node");

        try (var log = open()) {
            assertThat(log.note(Samples.allowed("/")).epoch()).isEqualTo(2);
        }
    }

    @Test
    void strangers_are_recorded_ten_times_a_second_and_then_counted() throws Exception {
        try (var log = open()) {
            for (var i = 0; i < 25; i++) {
                log.noteStranger(Samples.stranger("192.0.2.1", 5_000_000));
            }
            log.noteStranger(Samples.stranger("192.0.2.1", 6_000_000));
        }

        var entries = Samples.readAll(files);

        assertThat(entries).hasSize(12);
        assertThat(entries.getLast())
                .isInstanceOfSatisfying(
                        SegmentReader.Entry.Refusals.class,
                        refusals -> assertThat(refusals.count()).isEqualTo(15));
    }

    @Test
    void whatever_the_power_cut_leaves_everything_acknowledged_is_read_back() throws Exception {
        var seed = System.nanoTime();
        var random = new Random(seed);
        try (var log = open()) {
            for (var i = 0; i < 120; i++) {
                var scopes = Samples.anyScopes(random);
                var caller = Samples.caller(Samples.ACME, "a@example.com", scopes);
                var wave = random.nextInt(1, 4);
                for (var j = 0; j < wave; j++) {
                    log.append(Samples.allowed(caller, "/" + i, i), loop, written -> {
                        files.note(written.id().toString());
                        answers.add(written);
                    });
                }
                for (var j = 0; j < wave; j++) {
                    assertThat(answer()).isInstanceOf(Written.Durable.class);
                }
            }
        }

        var operations = files.operations();
        for (var cut = 3; cut <= operations.size(); cut++) {
            var left = files.afterPowerCut(cut, random);
            LogRecovery.run(left);
            var acknowledged = operations.subList(0, cut).stream()
                    .filter(RecordedFiles.Operation.Noted.class::isInstance)
                    .map(noted -> ((RecordedFiles.Operation.Noted) noted).what())
                    .toList();
            var found = Samples.idsIn(left).stream().map(AuditId::toString).toList();
            assertThat(found)
                    .as("seed %d, cut %d", seed, cut)
                    .containsAll(acknowledged)
                    .isSorted();
        }
    }

    @Test
    void what_retention_gave_back_never_comes_again_whatever_the_power_cut_leaves() throws Exception {
        var seed = System.nanoTime();
        var random = new Random(seed);
        var keepingLittle = new LogLimits(
                SMALL.segmentBytes(),
                SMALL.preallocatedBytes(),
                SMALL.reservedBytes(),
                SMALL.queuedRecords(),
                SMALL.queuedBytes(),
                SMALL.answerWithin(),
                SMALL.firstRetry(),
                SMALL.longestRetry(),
                0,
                Duration.ZERO,
                SMALL.scopeSets(),
                SMALL.strangersInFull(),
                SMALL.segmentBytes(),
                SMALL.keptFor());
        files.wasWrittenAt(Samples.NOON);
        try (var log = open(files, keepingLittle)) {
            for (var i = 0; i < 300; i++) {
                log.append(Samples.allowed("/" + i), loop, written -> {
                    files.note(written.id().toString());
                    answers.add(written);
                });
                assertThat(answer()).isInstanceOf(Written.Durable.class);
                if (i % 20 == 0) {
                    var upTo = log.position().segment();
                    files.note("released " + upTo);
                    log.release(upTo);
                }
            }
        }

        var operations = files.operations();
        assertThat(operations)
                .as("a segment that was used again")
                .anyMatch(operation -> operation instanceof RecordedFiles.Operation.Renamed(var from, var to)
                        && from.endsWith(Segment.SUFFIX)
                        && to.equals(SpareSegment.IN_THE_MAKING));
        for (var cut = 3; cut <= operations.size(); cut += 1 + random.nextInt(3)) {
            var left = files.afterPowerCut(cut, random);
            LogRecovery.run(left);
            var kept = new ArrayList<String>();
            for (var operation : operations.subList(0, cut)) {
                if (operation instanceof RecordedFiles.Operation.Noted(var what)) {
                    if (what.startsWith("released ")) {
                        var first = Long.parseLong(what.substring(what.indexOf('-') + 1, what.indexOf('.')), 16);
                        kept.removeIf(id -> AuditId.parse(id).orElseThrow().sequence() < first);
                    } else {
                        kept.add(what);
                    }
                }
            }
            var found = Samples.idsIn(left).stream().map(AuditId::toString).toList();
            assertThat(found)
                    .as("seed %d, cut %d", seed, cut)
                    .containsAll(kept)
                    .isSorted()
                    .doesNotHaveDuplicates();
        }
    }

    @Test
    void a_bounded_log_answers_ahead_of_so_many_records_and_no_more() throws Exception {
        var gate = new CountDownLatch(1);
        try (var log = open(files, SMALL.ahead(3, Duration.ofDays(1)))) {
            files.hangsUntil(gate);
            for (var i = 0; i < 3; i++) {
                log.append(Samples.allowed("/" + i), loop, answers::add);
                assertThat(answer()).isInstanceOf(Written.Ahead.class);
            }

            var waiting = log.append(Samples.allowed("/one too many"), loop, answers::add);

            assertThat(answers).isEmpty();
            gate.countDown();
            assertThat(answer()).isEqualTo(new Written.Durable(waiting));
        }
        assertThat(Samples.idsIn(files)).hasSize(4);
        assertThat(answers).isEmpty();
    }

    @Test
    void a_bounded_log_answers_ahead_of_no_record_that_is_too_old() throws Exception {
        var gate = new CountDownLatch(1);
        try (var log = open(files, SMALL.ahead(100, Duration.ofNanos(1)))) {
            files.hangsUntil(gate);
            log.append(Samples.allowed("/first"), loop, answers::add);
            assertThat(answer()).isInstanceOf(Written.Ahead.class);

            log.append(Samples.allowed("/second"), loop, answers::add);

            assertThat(answers).isEmpty();
            gate.countDown();
            assertThat(answer()).isInstanceOf(Written.Durable.class);
        }
    }

    @Test
    void a_bounded_log_refuses_when_the_disk_fails_and_counts_what_it_lost() throws Exception {
        try (var log = open(files, SMALL.ahead(100, Duration.ofDays(1)))) {
            files.fails(true);
            var first = log.append(Samples.allowed("/lost"), loop, answers::add);
            assertThat(answer()).isEqualTo(new Written.Ahead(first));
            Written last;
            do {
                log.append(Samples.allowed("/refused"), loop, answers::add);
                last = answer();
            } while (last instanceof Written.Ahead);

            assertThat(last).isInstanceOf(Written.Refused.class);
            // The writer refuses what comes before it has counted what it lost.
            while (log.dropped() == 0) {
                Thread.onSpinWait();
            }
            assertThat(log.dropped()).isPositive();
        }
    }

    @Test
    void room_that_is_kept_for_changes_is_not_taken_and_the_log_goes_on_once_there_is_more() throws Exception {
        try (var log = open()) {
            files.hasFree(SMALL.reservedBytes());
            Written last;
            var taken = 0;
            do {
                log.append(Samples.allowed("/" + taken++), loop, answers::add);
                last = answer();
            } while (last instanceof Written.Durable && taken < 1_000);

            assertThat(last).isInstanceOf(Written.Refused.class);
            assertThat(files.content(files.segments().getLast().name()).length).isLessThanOrEqualTo(8 << 10);

            files.hasFree(Long.MAX_VALUE);
            assertThat(firstDurable(log)).isNotNull();
        }
    }

    @Test
    void once_room_is_set_aside_a_commit_takes_none() throws Exception {
        try (var log = open()) {
            for (var i = 0; i < 300; i++) {
                log.append(Samples.allowed("/" + i), loop, answers::add);
                assertThat(answer()).isInstanceOf(Written.Durable.class);
                while (files.sizeOf(SpareSegment.READY).isEmpty()
                        && log.position().offset() > 9 << 10) {
                    Thread.onSpinWait();
                }
            }
        }

        var grown = files.operations().stream()
                .filter(RecordedFiles.Operation.Created.class::isInstance)
                .map(created -> ((RecordedFiles.Operation.Created) created).name())
                .filter(name -> name.endsWith(Segment.SUFFIX))
                .toList();
        assertThat(grown).as("segments that nothing was set aside for").hasSize(1);
        assertThat(files.segments()).hasSizeGreaterThan(3);
    }

    @Test
    void a_log_goes_on_after_a_power_cut_with_new_ids() throws Exception {
        try (var log = open()) {
            for (var i = 0; i < 10; i++) {
                log.append(Samples.allowed("/" + i), loop, answers::add);
                answer();
            }
        }
        var left = files.afterPowerCut(files.operations().size() - 1, new Random(3));
        var before = Samples.idsIn(left);

        try (var log = open(left)) {
            var id = log.append(Samples.allowed("/after"), loop, answers::add);
            assertThat(answer()).isInstanceOf(Written.Durable.class);

            assertThat(before).doesNotContain(id);
            assertThat(Samples.idsIn(left)).containsAll(before).endsWith(id);
        }
    }

    @Test
    void every_flipped_byte_is_noticed() throws Exception {
        try (var log = open()) {
            for (var i = 0; i < 8; i++) {
                log.append(Samples.allowed("/" + i), loop, answers::add);
                answer();
            }
        }
        var name = files.segments().getFirst().name();
        var whole = files.content(name);
        var all = Samples.readAll(files);

        for (var place = 0; place < whole.length; place++) {
            var damaged = whole.clone();
            damaged[place] ^= 0x10;
            var copy = new RecordedFiles();
            copy.put(name, damaged);

            var read = Samples.readAll(copy);

            assertThat(read).as("byte %d", place).hasSizeLessThan(all.size());
            assertThat(read).as("byte %d", place).isEqualTo(all.subList(0, read.size()));
        }
    }

    @Test
    void the_torn_tail_is_passed_over_and_the_room_set_aside_is_given_back() throws Exception {
        try (var log = open()) {
            log.append(Samples.allowed("/whole"), loop, answers::add);
            answer();
        }
        var name = files.segments().getFirst().name();
        var whole = files.content(name);
        var torn = java.util.Arrays.copyOf(whole, whole.length + 5_000);
        torn[whole.length + 3] = 120;
        torn[whole.length + 40] = 1;
        files.put(name, torn);

        LogRecovery.run(files);

        assertThat(Samples.idsIn(files)).hasSize(1);
        assertThat(files.content(name)).hasSize(whole.length + 41);
    }
}
