/**
 * HTTP: requests, responses, routes, problems and limits, and the few classes that know the server library ({@code HttpServer}
 * and the package-private ones that keep a connection and an exchange). {@code Outbound} is the only way out.
 *
 * <p>A {@link dev.sallyport.http.Handler} may block and runs on a worker; a {@link dev.sallyport.http.LoopHandler} must not and
 * runs on an event loop. No route is reached but through the {@link dev.sallyport.http.Gate}. Nothing here decides.
 */
@NullMarked
package dev.sallyport.http;

import org.jspecify.annotations.NullMarked;
