package dev.sallyport.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.audit.DecisionLog.Written;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class LogReaderTest {

    private final BlockingQueue<Written> answers = new LinkedBlockingQueue<>();

    private static DecisionLog open(LogFiles files) throws IOException {
        return DecisionLog.open(
                files, Samples.PERMISSIONS, DecisionLogTest.SMALL, InstantSource.fixed(Samples.NOON), new Random(1));
    }

    private Written append(DecisionLog log, String path) throws InterruptedException {
        log.append(Samples.allowed(path), Runnable::run, answers::add);
        var answer = answers.poll(20, TimeUnit.SECONDS);
        assertThat(answer).as("an answer").isNotNull();
        return answer;
    }

    private static List<AuditId> ids(List<SegmentReader.Entry> entries) {
        var ids = new ArrayList<AuditId>();
        for (var entry : entries) {
            if (entry instanceof SegmentReader.Entry.Decision decision) {
                ids.add(decision.id());
            }
        }
        return ids;
    }

    @Test
    void a_reader_that_starts_again_anywhere_reads_each_record_once(@TempDir Path folder) throws Exception {
        var seed = System.nanoTime();
        var random = new Random(seed);
        var expected = new ArrayList<AuditId>();
        var read = new ArrayList<AuditId>();
        var segment = "";
        var offset = 0L;
        for (var start = 0; start < 4; start++) {
            try (var log = open(DiskFiles.in(folder))) {
                for (var i = 0; i < 60; i++) {
                    expected.add(append(log, "/" + i).id());
                    if (random.nextInt(3) == 0) {
                        try (var reader = new LogReader(log, segment, offset)) {
                            read.addAll(ids(reader.read(log.position(), random.nextInt(1, 9))));
                            segment = reader.segment();
                            offset = reader.offset();
                        }
                    }
                }
            }
        }
        try (var log = open(DiskFiles.in(folder));
                var reader = new LogReader(log, segment, offset)) {
            read.addAll(ids(reader.read(log.position(), 10_000)));
        }

        assertThat(read).as("seed %d", seed).isEqualTo(expected);
    }

    @Test
    void a_reader_that_stays_follows_what_is_written() throws Exception {
        var expected = new ArrayList<AuditId>();
        var read = new ArrayList<AuditId>();
        try (var log = open(new RecordedFiles());
                var reader = new LogReader(log, "", 0)) {
            for (var i = 0; i < 200; i++) {
                expected.add(append(log, "/" + i).id());
                read.addAll(ids(reader.read(log.position(), 100)));
            }
        }

        assertThat(read).isEqualTo(expected);
    }

    @Test
    void what_a_failed_force_left_behind_is_not_read_by_the_same_process() throws Exception {
        var files = new RecordedFiles();
        try (var log = open(files);
                var reader = new LogReader(log, "", 0)) {
            var before = append(log, "/before").id();
            files.fails(true);
            assertThat(append(log, "/refused")).isInstanceOf(Written.Refused.class);
            files.fails(false);
            var after = append(log, "/after");
            while (after instanceof Written.Refused) {
                after = append(log, "/after");
            }

            assertThat(ids(reader.read(log.position(), 100))).containsExactly(before, after.id());
        }
    }

    @Test
    void files_that_are_indexed_go_once_they_pass_what_is_kept() throws Exception {
        var files = new RecordedFiles();
        try (var log = open(files)) {
            for (var i = 0; i < 200; i++) {
                append(log, "/" + i);
            }
            var all = files.segments().stream().map(LogFiles.Stored::name).toList();

            log.release(all.get(2));

            assertThat(files.segments()).extracting(LogFiles.Stored::name).isEqualTo(all.subList(2, all.size()));
        }
    }
}
