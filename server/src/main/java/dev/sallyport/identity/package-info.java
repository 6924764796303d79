/**
 * Who calls: organizations, principals, their credentials, and the caller of one request.
 *
 * <p>Facts only. How a credential is proved lives in {@code authentication}; what it may do is decided in {@code decision}.
 */
@NullMarked
package dev.sallyport.identity;

import org.jspecify.annotations.NullMarked;
