package dev.sallyport.chooser;

import java.util.Map;

/** What the chooser has to say to the answers so far. */
public sealed interface Choice {

    /** @param answers ids, with what they say to people, in the order in which they are offered */
    record Ask(String question, String text, Map<String, String> answers) implements Choice {}

    /**
     * @param rule the number of the rule that held, from 1
     * @param best what fits
     * @param use what this server can issue: the same, or what stands in for it until it can
     * @param life of what is to be used
     * @param command with words in capitals for what only the reader knows
     */
    record Advice(int rule, Credential best, String reason, Credential use, String life, String command)
            implements Choice {}

    /**
     * A kind of credential, as people are told of it.
     *
     * @param isStored whether there is a secret that somebody has to keep
     */
    record Credential(String id, String name, boolean isOffered, boolean isStored) {}
}
