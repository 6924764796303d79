package dev.sallyport.cli;

/** The credential that a command shows to the server. */
sealed interface Shown {

    /** For calls that need none. */
    record Nothing() implements Shown {}

    record Token(String text) implements Shown {
        @Override
        public String toString() {
            return "Token(hidden)";
        }
    }

    /** An API key and an application key. */
    record KeyPair(String apiKey, String applicationKey) implements Shown {
        @Override
        public String toString() {
            return "KeyPair(hidden)";
        }
    }
}
