package io.ringsim.ring;

/** What a change of the ring needs to be moved, or why it must not be made. */
public sealed interface MovementPlan permits RangeMovement, Refusal {}
