/**
 * The composition root: reads the configuration, builds every part once, and starts it. It sees all packages; none sees it.
 */
@NullMarked
package dev.sallyport;

import org.jspecify.annotations.NullMarked;
