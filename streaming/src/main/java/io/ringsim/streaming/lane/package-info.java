/**
 * Connections for the content of files, beside the network that carries messages: {@link
 * io.ringsim.streaming.lane.DataChannels} is where a host takes them and opens them, an {@link
 * io.ringsim.streaming.lane.OutgoingLane} and an {@link io.ringsim.streaming.lane.IncomingLane} are the two ends of one.
 *
 * <p>Both ends block the thread that uses them, which is how the one that is slow holds up the other; closing an end, from
 * any thread, frees whoever is blocked.
 */
@NullMarked
package io.ringsim.streaming.lane;

import org.jspecify.annotations.NullMarked;
