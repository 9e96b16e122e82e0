package io.ringsim.coordinator;

/** The node does not do what it was asked, and nothing was sent: it is no member of the ring, or the request is wrong. */
public record NotCoordinated(String reason) implements WriteOutcome, ReadOutcome {}
