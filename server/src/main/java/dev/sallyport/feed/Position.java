package dev.sallyport.feed;

/**
 * How far something kept has followed the feed.
 *
 * @param revision 0 where nothing has changed yet
 * @param mark what the change of that revision was, as {@link History#mark} tells it
 */
public record Position(long revision, String mark) {}
