package dev.sallyport.bench;

import java.util.List;

/** Everything that one run found out. */
record Measured(
        Machine machine,
        int tokens,
        List<Throughput> throughput,
        List<Latency> latency,
        double fdatasyncP50Micros,
        double fdatasyncP99Micros,
        double heapBytesPerToken,
        long residentMib,
        double firstStartSeconds,
        double warmStartSeconds,
        double startProcessorSeconds,
        double fullStartSeconds) {

    Measured {
        throughput = List.copyOf(throughput);
        latency = List.copyOf(latency);
    }

    /** Medians of a closed loop's rounds. The ratio is to the bare server in the same rounds. */
    record Throughput(
            String what,
            int connections,
            double requestsPerSecond,
            double ratio,
            double serverMicrosPerRequest,
            double generatorMicrosPerRequest) {}

    /** An open loop, in microseconds from when a request was due. */
    record Latency(
            String what,
            int requestsPerSecond,
            double p50Micros,
            double p99Micros,
            double p999Micros,
            double greatestMicros) {}
}
