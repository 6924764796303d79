package dev.sallyport.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * The load generator: one thread, in a process of its own.
 *
 * <p>With a rate of 0 every connection asks again as soon as it is answered; this shows throughput, and nothing about latency.
 * With a rate, requests are due at even times whatever the answers do, and a late one is counted from when it was due.
 */
final class Load implements AutoCloseable {

    private static final long IDLE_NANOS = 30_000;
    private static final long MOST_FAILURES = 1_000;

    private final Selector selector = Selector.open();
    private final List<Link> links = new ArrayList<>();
    private final ArrayDeque<Link> free = new ArrayDeque<>();
    private final Requests requests;
    private final ByteBuffer out = ByteBuffer.allocateDirect(32 << 10);
    private final Consumer<SelectionKey> onReadable = this::readable;
    private final boolean isOpenLoop;

    private Histogram latencies = new Histogram();
    private long answered;
    private long failed;
    private long now;

    private Load(int port, int connections, Requests requests, boolean isOpenLoop) throws IOException {
        this.requests = requests;
        this.isOpenLoop = isOpenLoop;
        for (var i = 0; i < connections; i++) {
            var channel = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.configureBlocking(false);
            var link = new Link(channel);
            channel.register(selector, SelectionKey.OP_READ, link);
            links.add(link);
        }
    }

    /** Arguments: port, process to watch, connections, rate or 0, warm-up seconds, seconds, token file, tokens to use, shape. */
    public static void main(String[] arguments) throws IOException {
        var pid = Long.parseLong(arguments[1]);
        var rate = Integer.parseInt(arguments[3]);
        var requests = Requests.of(Shape.valueOf(arguments[8]), Path.of(arguments[6]), Integer.parseInt(arguments[7]));
        try (var load = new Load(Integer.parseInt(arguments[0]), Integer.parseInt(arguments[2]), requests, rate > 0)) {
            load.begin(rate);
            load.run(rate, Integer.parseInt(arguments[4]));
            System.out.println("load "
                    + load.measure(rate, Integer.parseInt(arguments[5]), pid).toLine());
        }
    }

    private void begin(int rate) throws IOException {
        for (var link : links) {
            if (rate > 0) {
                free.add(link);
            } else {
                ask(link, System.nanoTime());
            }
        }
    }

    private LoadResult measure(int rate, int seconds, long pid) throws IOException {
        latencies = new Histogram();
        answered = 0;
        failed = 0;
        var own = ProcessHandle.current().pid();
        var serverBefore = Cpu.micros(pid);
        var ownBefore = Cpu.micros(own);
        var begin = System.nanoTime();
        run(rate, seconds);
        var nanos = System.nanoTime() - begin;
        return new LoadResult(
                answered,
                failed,
                nanos,
                Cpu.micros(pid) - serverBefore,
                Cpu.micros(own) - ownBefore,
                latencies.at(0.5),
                latencies.at(0.99),
                latencies.at(0.999),
                latencies.greatest());
    }

    private void run(int rate, int seconds) throws IOException {
        var begin = System.nanoTime();
        var end = begin + seconds * 1_000_000_000L;
        now = begin;
        if (rate == 0) {
            while (now < end) {
                selector.select(onReadable, 100);
                now = System.nanoTime();
            }
            return;
        }
        var sent = 0L;
        while (now < end) {
            var due = begin + sent * 1_000_000_000L / rate;
            while (due <= now && !free.isEmpty()) {
                ask(free.pop(), due);
                sent++;
                due = begin + sent * 1_000_000_000L / rate;
            }
            if (selector.selectNow(onReadable) == 0 && due > now) {
                LockSupport.parkNanos(Math.min(due - now, IDLE_NANOS));
            }
            now = System.nanoTime();
        }
    }

    private void ask(Link link, long due) throws IOException {
        link.since = due;
        out.clear();
        requests.next(out);
        link.send(out.flip());
    }

    private void readable(SelectionKey key) {
        var link = (Link) key.attachment();
        try {
            var status = link.receive();
            if (status == 0) {
                return;
            }
            answered++;
            if (status != 200) {
                fail("an answer was " + status);
            }
            // The clock of the loop stands still while a batch is read, and a latency must not be too short.
            var done = System.nanoTime();
            latencies.add(done - link.since);
            if (isOpenLoop) {
                free.add(link);
            } else {
                ask(link, done);
            }
        } catch (IOException e) {
            key.cancel();
            fail(String.valueOf(e.getMessage()));
        }
    }

    private void fail(String what) {
        failed++;
        if (failed > MOST_FAILURES) {
            throw new IllegalStateException("more than " + MOST_FAILURES + " requests failed; the last: " + what);
        }
    }

    @Override
    public void close() throws IOException {
        for (var link : links) {
            link.close();
        }
        selector.close();
    }
}
