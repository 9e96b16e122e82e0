package io.ringsim.ring;

/** Where a node stands: its datacenter, and its rack within it. */
public record Location(String datacenter, String rack) {
    public Location {
        if (datacenter.isBlank() || rack.isBlank()) {
            throw new IllegalArgumentException("a location needs a datacenter and a rack");
        }
    }

    @Override
    public String toString() {
        return datacenter + ":" + rack;
    }
}
