package io.ringsim.plan;

/** The operation would not be begun. */
public record Refused(String reason) implements PlanResult {}
