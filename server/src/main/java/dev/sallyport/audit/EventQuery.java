package dev.sallyport.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A search as people write it: terms with blanks between, all of which must hold. {@code *} is everything, {@code word} is
 * looked for in the message and the names, {@code @field:value} compares one field ({@code value*} by its beginning), and
 * {@code -} before a term turns it round. Quotes keep blanks together.
 */
record EventQuery(List<Term> terms) {

    static final int LONGEST = 1_000;
    static final int MOST_TERMS = 20;

    /** One condition. */
    sealed interface Term {

        boolean isNegated();

        /** @param text folded */
        record Word(String text, boolean isNegated) implements Term {}

        record Match(SearchField field, String value, boolean isPrefix, boolean isNegated) implements Term {}
    }

    /** Why a text is not a query; for people. */
    static final class Unreadable extends Exception {

        private static final long serialVersionUID = 1L;

        Unreadable(String message) {
            super(message, null, false, false);
        }
    }

    EventQuery {
        terms = List.copyOf(terms);
    }

    static EventQuery parse(String text) throws Unreadable {
        if (text.length() > LONGEST) {
            throw new Unreadable("The query must have at most " + LONGEST + " characters.");
        }
        var terms = new ArrayList<Term>();
        var reader = new Reader(text);
        while (reader.skipBlanks()) {
            reader.term(terms);
        }
        if (terms.size() > MOST_TERMS) {
            throw new Unreadable("The query must have at most " + MOST_TERMS + " terms.");
        }
        return new EventQuery(terms);
    }

    /** Goes over the text once. */
    private static final class Reader {

        private final String text;
        private int at;

        Reader(String text) {
            this.text = text;
        }

        boolean skipBlanks() {
            while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
                at++;
            }
            return at < text.length();
        }

        void term(List<Term> terms) throws Unreadable {
            var isNegated = text.charAt(at) == '-' && at + 1 < text.length();
            if (isNegated) {
                at++;
            }
            if (text.charAt(at) == '@') {
                at++;
                terms.add(match(isNegated));
                return;
            }
            var isQuoted = text.charAt(at) == '"';
            var word = value();
            if (!isQuoted && (word.equals("OR") || word.equals("NOT"))) {
                throw new Unreadable(
                        word + " is not supported: all terms must hold, and '-' before a term negates it.");
            }
            if (!isQuoted && word.equals("*") && isNegated) {
                throw new Unreadable("'-*' would find nothing.");
            }
            var isEverything = !isQuoted && (word.equals("*") || word.equals("AND"));
            if (!isEverything) {
                terms.add(new Term.Word(IndexedEvent.fold(word), isNegated));
            }
        }

        private Term match(boolean isNegated) throws Unreadable {
            var end = at;
            while (end < text.length() && text.charAt(end) != ':' && !Character.isWhitespace(text.charAt(end))) {
                end++;
            }
            var name = text.substring(at, end);
            if (end == text.length() || text.charAt(end) != ':') {
                throw new Unreadable("A field is written @name:value; '@" + name + "' has no value.");
            }
            var field = SearchField.named(name)
                    .orElseThrow(() -> new Unreadable(
                            "There is no field '@" + name + "'. There are: " + SearchField.names() + "."));
            at = end + 1;
            var isQuoted = at < text.length() && text.charAt(at) == '"';
            var value = at < text.length() && !Character.isWhitespace(text.charAt(at)) ? value() : "";
            if (value.isEmpty() && !isQuoted) {
                throw new Unreadable("The field '@" + name + "' has no value.");
            }
            var isPrefix = !isQuoted && value.endsWith("*");
            if (isPrefix) {
                value = value.substring(0, value.length() - 1);
            }
            return new Term.Match(field, field.isId() ? value.toLowerCase(Locale.ROOT) : value, isPrefix, isNegated);
        }

        private String value() throws Unreadable {
            return text.charAt(at) == '"' ? quoted() : bare();
        }

        private String bare() {
            var begin = at;
            while (at < text.length() && !Character.isWhitespace(text.charAt(at))) {
                at++;
            }
            return text.substring(begin, at);
        }

        private String quoted() throws Unreadable {
            var value = new StringBuilder();
            for (at++; at < text.length(); at++) {
                var character = text.charAt(at);
                if (character == '"') {
                    at++;
                    return value.toString();
                }
                if (character == '\\' && at + 1 < text.length()) {
                    at++;
                }
                value.append(text.charAt(at));
            }
            throw new Unreadable("A quote is not closed.");
        }
    }
}
