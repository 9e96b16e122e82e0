package io.ringsim.gossip;

import java.util.BitSet;

/**
 * What a host knows, as it shows it to each of its nodes' memberships; by the nodes' numbers. Many actors read the same
 * one and none changes it.
 *
 * @param news of whom there is something new since the picture before
 * @param forgotten who was forgotten since then
 * @param members who takes part
 * @param down who is not reachable
 */
record Picture(Knowledge knowledge, BitSet news, BitSet forgotten, BitSet members, BitSet down)
        implements HostedMember.Message {}
