package io.ringsim.input;

/** Where something stands in a source. */
public record Place(Source source, int line, int column, int length) {}
