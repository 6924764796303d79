package dev.sallyport;

import java.util.List;

/** What is wrong with the configuration: everything at once, each with the key and what is allowed. */
final class ConfigProblem extends Exception {

    private static final long serialVersionUID = 1L;

    ConfigProblem(List<String> problems) {
        super(String.join("\n", problems));
    }
}
