/**
 * HTTP: requests, responses, routes, problems and limits, and the one class that knows the server library.
 *
 * <p>A {@link dev.sallyport.http.Handler} may block and runs on a worker; a {@link dev.sallyport.http.LoopHandler} must not and
 * runs on an event loop. No route is reached but through the {@link dev.sallyport.http.Gate}. Nothing here decides.
 */
@NullMarked
package dev.sallyport.http;

import org.jspecify.annotations.NullMarked;
