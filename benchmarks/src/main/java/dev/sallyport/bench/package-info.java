/**
 * What {@code ./bench} runs: measurements of the packaged server beside a bare server of the same library, in the same run.
 *
 * <p>Throughput is taken by a closed loop, latency only by an open one whose clock starts when a request was due. Everything
 * stays on loopback, is bounded in time, and ends by itself. Nothing of this is shipped, and no test depends on a time.
 */
@NullMarked
package dev.sallyport.bench;

import org.jspecify.annotations.NullMarked;
