package dev.sallyport.http;

/** What a handler answers. */
public sealed interface Response permits Reply, Problem {}
