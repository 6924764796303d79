package dev.sallyport.feed;

import java.util.UUID;

/** The name of one thing that changed; whoever applies it reads the thing again. */
public record Change(ChangeKind kind, UUID organization, String subject) {}
