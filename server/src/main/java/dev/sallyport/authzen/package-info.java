/**
 * The AuthZEN Authorization API 1.0: enforcement points ask, in the words of that standard, what a subject may do.
 *
 * <p>It only translates. A subject is a principal or a credential that is named, an action and a resource lead to one operation
 * of a protected API, and the one decision function answers. An enforcement point is a caller of the management API like any
 * other; nothing that it says of a subject is believed.
 */
@NullMarked
package dev.sallyport.authzen;

import org.jspecify.annotations.NullMarked;
