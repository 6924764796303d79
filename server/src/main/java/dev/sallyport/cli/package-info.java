/**
 * The command line, a client of a running server over HTTP like any other.
 *
 * <p>It uses {@code java.net.http} and JSON, and imports nothing of the server but the published form of credentials: what it
 * can do, every client can do. It never opens the database. Secrets come from the environment or a file, never from the
 * arguments, where every process of the machine could read them. Text that came from a server is cleaned before it reaches a
 * terminal.
 */
@NullMarked
package dev.sallyport.cli;

import org.jspecify.annotations.NullMarked;
