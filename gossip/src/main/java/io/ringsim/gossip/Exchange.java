package io.ringsim.gossip;

/**
 * The three-way exchange on two views, as values: which of two copies is newer decides what is asked, answered and taken.
 * Blocks of nodes whose copies differ in heartbeats only, nearly all of them, are done by loops without branches.
 */
final class Exchange {
    /** What to do with a copy that may be more than a heartbeat of a node that is alive. */
    interface Careful {
        void received(int node, int code);
    }

    private final Directory directory;
    private final WireFormat format;

    Exchange(Directory directory, WireFormat format) {
        this.directory = directory;
        this.format = format;
    }

    /**
     * Answers a Syn: where the digest is newer, or of a node that is not known here, asks for what is newer; where it is
     * older, sends what is newer; of nodes that the Syn does not name, says nothing.
     */
    Delta answer(View view, Digests syn) {
        int[] theirs = syn.codes;
        int[] mine = view.codes;
        int[] calm = directory.calm();
        int[] out = new int[Math.min(mine.length, theirs.length)];
        int states = 0;
        int requests = 0;
        long bytes = 0;
        for (int from = 0; from < out.length; from += View.BLOCK) {
            int to = from + View.BLOCK;
            int hasStates = 0;
            for (int i = from; i < to; i++) {
                int isOlder = ((theirs[i] - mine[i]) >> 31) & (-theirs[i] >> 31);
                int isNewer = (mine[i] - theirs[i]) >> 31;
                out[i] = (mine[i] & isOlder) | (~mine[i] & isNewer);
                states -= isOlder;
                requests -= isNewer;
                hasStates |= (theirs[i] - calm[i]) & isOlder;
            }
            if (hasStates < 0) {
                bytes += applicationStates(theirs, out, from, to);
            }
        }
        return delta(out, states, requests, bytes);
    }

    /** Answers a Syn about nobody: everything. */
    Delta everything(View view) {
        int[] out = view.codes.clone();
        int states = 0;
        for (int i = 0; i < out.length; i++) {
            states += out[i] > 0 ? 1 : 0;
        }
        return delta(out, states, 0, applicationStates(new int[out.length], out, 0, out.length));
    }

    /** Answers an Ack: what is newer than each copy it has and asks about. */
    Delta requested(View view, Delta ack) {
        int[] asked = ack.entries().codes;
        int[] mine = view.codes;
        int[] calm = directory.calm();
        int[] out = new int[Math.min(mine.length, asked.length)];
        int states = 0;
        long bytes = 0;
        for (int from = 0; from < out.length; from += View.BLOCK) {
            int to = from + View.BLOCK;
            int hasStates = 0;
            for (int i = from; i < to; i++) {
                int isAnswer = (asked[i] >> 31) & ((~asked[i] - mine[i]) >> 31);
                out[i] = mine[i] & isAnswer;
                states -= isAnswer;
                hasStates |= (~asked[i] - calm[i]) & isAnswer;
            }
            if (hasStates < 0) {
                for (int i = from; i < to; i++) {
                    bytes += out[i] > 0 ? applicationStates(i, ~asked[i], out[i]) : 0;
                }
            }
        }
        return delta(out, states, 0, bytes);
    }

    private long applicationStates(int[] since, int[] out, int from, int to) {
        long bytes = 0;
        for (int i = from; i < to; i++) {
            bytes += out[i] > 0 ? applicationStates(i, since[i], out[i]) : 0;
        }
        return bytes;
    }

    private long applicationStates(int node, int since, int code) {
        if (since >= directory.calm()[node]) {
            return 0;
        }
        var life = directory.life(node, code);
        return format.newerThan(life.versionOf(since), life.at(code).states());
    }

    private Delta delta(int[] out, int states, int requests, long bytes) {
        return new Delta(
                new Delta.Entries(out),
                states,
                requests,
                bytes + (long) states * format.heartbeat() + (long) requests * format.digest());
    }

    /** Takes the states of a delta. */
    void apply(View view, Delta delta, int now, Careful careful) {
        int[] entries = delta.entries().codes;
        view.grow(directory.room());
        for (int from = 0; from < entries.length; from += View.BLOCK) {
            int to = from + View.BLOCK;
            if (view.isCareful(from / View.BLOCK) || hasMoreThanHeartbeats(view.codes, entries, from, to)) {
                for (int i = from; i < to; i++) {
                    if (entries[i] > 0 && i != view.self) {
                        careful.received(i, entries[i]);
                    }
                }
            } else {
                view.arrivals.apply(entries, view.codes, from, to, now);
            }
        }
    }

    private boolean hasMoreThanHeartbeats(int[] mine, int[] entries, int from, int to) {
        int[] calm = directory.calm();
        int more = 0;
        for (int i = from; i < to; i++) {
            more |= (mine[i] - calm[i]) & (mine[i] - entries[i]);
        }
        return more < 0;
    }
}
