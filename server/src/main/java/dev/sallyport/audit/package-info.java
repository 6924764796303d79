/**
 * The trail: who did what, with which credential, on whose behalf.
 *
 * <p>Changes are written in their own transaction, decisions to an append-only log on local disk; an index in a store of its
 * own makes both searchable. The log may not lag, the index may. Nothing here decides, and nothing here is ever edited.
 */
@NullMarked
package dev.sallyport.audit;

import org.jspecify.annotations.NullMarked;
