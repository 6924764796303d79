package dev.sallyport.chooser;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** The data file as it is written. */
record ChooserData(List<Question> questions, Map<String, Kind> credentials, List<Rule> rules) {

    record Question(String id, String text, Map<String, String> answers) {
        Question {
            answers = Collections.unmodifiableMap(new LinkedHashMap<>(answers));
        }
    }

    /**
     * @param command of one that is offered; null for the others
     * @param untilThen what stands in for one that is not offered; null for the others
     * @param days what stands for DAYS in the command, by how long it is used; empty where it is not in there
     * @param life by how long it is used
     */
    record Kind(
            String name,
            @JsonProperty("is_offered") boolean isOffered,
            @JsonProperty("is_stored") boolean isStored,
            @Nullable String command,
            @JsonProperty("until_then") @Nullable String untilThen,
            @JsonSetter(nulls = Nulls.AS_EMPTY) Map<String, Integer> days,
            Map<String, String> life) {
        Kind {
            days = Map.copyOf(days);
            life = Map.copyOf(life);
        }
    }

    record Rule(Map<String, List<String>> when, String credential, String reason) {
        Rule {
            when = Collections.unmodifiableMap(new LinkedHashMap<>(when));
        }
    }

    ChooserData {
        questions = List.copyOf(questions);
        credentials = Map.copyOf(credentials);
        rules = List.copyOf(rules);
    }

    static ChooserData shipped() {
        try (var in = ChooserData.class.getResourceAsStream("chooser.yaml")) {
            if (in == null) {
                throw new IllegalStateException("chooser.yaml is missing from the jar");
            }
            return YAMLMapper.builder().build().readValue(in, ChooserData.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
