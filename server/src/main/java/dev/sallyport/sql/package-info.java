/**
 * The control database: SQLite or PostgreSQL, one SQL text for both.
 *
 * <p>What truly differs between the two sits in {@link dev.sallyport.sql.Database}. A write outside a {@link
 * dev.sallyport.sql.Transaction} does not compile. No product word belongs here, and no SQL of a feature.
 */
@NullMarked
package dev.sallyport.sql;

import org.jspecify.annotations.NullMarked;
