package dev.sallyport.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.UUID;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DatabaseTest {

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void what_a_transaction_wrote_is_gone_when_it_throws(TestDatabase kind) {
        try (var database = kind.open()) {
            assertThatThrownBy(() -> database.inTransaction(transaction -> {
                        insert(transaction, "a");
                        throw new IllegalStateException("on purpose");
                    }))
                    .hasMessage("on purpose");

            assertThat(count(database)).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void values_come_back_as_they_went_in(TestDatabase kind) {
        try (var database = kind.open()) {
            var id = UUID.randomUUID();
            var bytes = new byte[] {0, 1, -1, 127};

            var read = database.inTransaction(transaction -> {
                transaction
                        .sql("INSERT INTO key_check (name, value) VALUES (?, ?)")
                        .with(id, bytes)
                        .update();
                return transaction
                        .sql("SELECT name, value FROM key_check")
                        .map(row -> row.uuid("name") + " " + java.util.Arrays.toString(row.bytes("value")))
                        .one();
            });

            assertThat(read).isEqualTo(id + " [0, 1, -1, 127]");
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void writers_that_read_first_do_not_fail_each_other(TestDatabase kind) throws Exception {
        try (var database = kind.open();
                var threads = Executors.newFixedThreadPool(4)) {
            var barrier = new CyclicBarrier(4);

            var done = threads.invokeAll(IntStream.range(0, 4)
                    .<java.util.concurrent.Callable<Integer>>mapToObj(writer -> () -> {
                        barrier.await();
                        for (var i = 0; i < 25; i++) {
                            var name = writer + "/" + i;
                            database.inTransaction(transaction -> {
                                var _ = transaction
                                        .sql("SELECT count(*) AS n FROM key_check")
                                        .map(row -> row.number("n"))
                                        .one();
                                insert(transaction, name);
                                return name;
                            });
                        }
                        return writer;
                    })
                    .toList());

            for (var result : done) {
                result.get();
            }
            assertThat(count(database)).isEqualTo(100);
        }
    }

    private static void insert(Transaction transaction, String name) {
        transaction
                .sql("INSERT INTO key_check (name, value) VALUES (?, ?)")
                .with(name, new byte[1])
                .update();
    }

    private static long count(Database database) {
        return database.reading(transaction -> transaction
                .sql("SELECT count(*) AS n FROM key_check")
                .map(row -> row.number("n"))
                .one());
    }
}
