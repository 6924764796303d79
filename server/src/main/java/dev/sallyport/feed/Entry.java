package dev.sallyport.feed;

/** One row of the feed, as it was found in a database of that epoch. */
record Entry(String epoch, Position position, Change change) {}
