/**
 * Pages for people, rendered here and complete without a script.
 *
 * <p>Templates are in {@code src/main/jte}, compiled into this package, escaped by default and free of logic. A page offers
 * what the API offers, by the same use cases, and is answered with a content security policy that allows nothing but its own
 * style and form.
 */
@NullMarked
package dev.sallyport.console;

import org.jspecify.annotations.NullMarked;
