package dev.sallyport.leak;

import java.net.URI;

/**
 * How leaks are answered.
 *
 * @param brand the first letters of every prefix: {@code dd} makes {@code ddpat}
 * @param response what a report of GitHub does to a live credential
 * @param githubKeys where the keys of GitHub's reports are published
 */
public record LeakSettings(String brand, LeakResponse response, URI githubKeys) {

    public static final URI GITHUB_KEYS = URI.create("https://api.github.com/meta/public_keys/secret_scanning");
}
