package io.ringsim.ring;

/** Why the ring must not be changed so. */
public record Refusal(String reason) implements MovementPlan {}
