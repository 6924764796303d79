package dev.sallyport.directory;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/** The envelopes of JSON:API that this package answers with. */
sealed interface Document {

    record One(Object data) implements Document {}

    record Many(List<?> data) implements Document {}

    record Compound(Object data, List<?> included) implements Document {}

    record Paged(List<?> data, Meta meta) implements Document {}

    record Meta(Counts page) {
        static Meta of(long total, long filtered) {
            return new Meta(new Counts(total, filtered));
        }
    }

    record Counts(
            @JsonProperty("total_count") long total,
            @JsonProperty("total_filtered_count") long filtered) {}

    /** Names a resource. */
    record Reference(String type, String id) {}

    record ToOne(Reference data) {}

    record ToMany(List<Reference> data) {}
}
