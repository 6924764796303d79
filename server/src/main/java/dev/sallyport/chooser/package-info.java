/**
 * Which credential fits: four questions, one data file, and the first rule that holds.
 *
 * <p>Every combination of answers has an answer. What this server cannot issue yet is named all the same, with what it can issue
 * until then; a command is only ever one that there is.
 */
@NullMarked
package dev.sallyport.chooser;

import org.jspecify.annotations.NullMarked;
