package io.ringsim.plan;

/** A plan, or why the ring would refuse. */
public sealed interface PlanResult permits Plan, Refused {}
