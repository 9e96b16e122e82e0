package io.ringsim.streaming;

import io.ringsim.ring.NodeId;
import io.ringsim.ring.Transfer;
import io.ringsim.spi.RangeStreamer.SessionResult;
import io.ringsim.storage.StreamableFile;
import io.ringsim.streaming.StreamMessage.FileHeader;
import java.util.List;

/** What one end of a session did: files that are durable at the other end, or here, and files that went again. */
record Tally(int filesSent, int filesReceived, long bytesSent, long bytesReceived, int askedAgain, int sentAgain) {
    static final Tally NOTHING = new Tally(0, 0, 0, 0, 0, 0);

    Tally sent(StreamableFile file) {
        return new Tally(
                filesSent + file.components(),
                filesReceived,
                bytesSent + file.bytes(),
                bytesReceived,
                askedAgain,
                sentAgain);
    }

    Tally received(FileHeader file) {
        return new Tally(
                filesSent,
                filesReceived + file.components(),
                bytesSent,
                bytesReceived + file.bytes(),
                askedAgain,
                sentAgain);
    }

    /** A file arrived damaged and was asked for again; this is what the limit of retries counts. */
    Tally asked() {
        return new Tally(filesSent, filesReceived, bytesSent, bytesReceived, askedAgain + 1, sentAgain);
    }

    /** The peer asked for a file again. */
    Tally resent() {
        return new Tally(filesSent, filesReceived, bytesSent, bytesReceived, askedAgain, sentAgain + 1);
    }

    SessionResult completed(NodeId peer, List<Transfer> done) {
        return result(peer, true, "", done);
    }

    SessionResult failed(NodeId peer, String reason) {
        return result(peer, false, reason, List.of());
    }

    private SessionResult result(NodeId peer, boolean completed, String failure, List<Transfer> done) {
        return new SessionResult(
                peer,
                completed,
                failure,
                filesSent,
                filesReceived,
                bytesSent,
                bytesReceived,
                askedAgain + sentAgain,
                done);
    }
}
