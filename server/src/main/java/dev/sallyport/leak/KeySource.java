package dev.sallyport.leak;

import java.io.IOException;
import java.net.URI;

/** Fetches what is published at an address. Follows no redirects, and gives up after seconds. */
public interface KeySource {

    /** @throws IOException unless it was all there, in at most so many bytes */
    byte[] fetch(URI address, int mostBytes) throws IOException;
}
