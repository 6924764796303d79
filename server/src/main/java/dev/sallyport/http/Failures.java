package dev.sallyport.http;

import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns what a handler throws into what the client may hear of it. */
final class Failures {

    private static final Logger LOG = LoggerFactory.getLogger(Failures.class);

    private final Function<RuntimeException, Optional<Problem>> known;

    Failures(Function<RuntimeException, Optional<Problem>> known) {
        this.known = known;
    }

    /** Everything but bad input and the known failures is a defect: logged once, under an id that is in the answer too. */
    Problem problem(Throwable thrown, String operation) {
        if (thrown instanceof BadInput input) {
            return input.problem();
        }
        if (thrown instanceof RuntimeException failure) {
            var problem = known.apply(failure);
            if (problem.isPresent()) {
                LOG.warn("{} answers {}: {}", operation, problem.get().status(), failure.toString());
                return problem.get();
            }
        }
        var id = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
        LOG.error("request {} ({}) failed", id, operation, thrown);
        return new Problem(500, "internal_error", "Internal Server Error").with("Sallyport-Request", id);
    }
}
