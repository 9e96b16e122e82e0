/**
 * Moving SSTables between nodes. Start at {@link io.ringsim.streaming.Streamer}, the {@link io.ringsim.spi.RangeStreamer}
 * of a node, and at {@link io.ringsim.streaming.StreamingSettings}.
 *
 * <p><b>Plan, session, task, file.</b> A {@link io.ringsim.streaming.StreamPlan} is what one operation moves, a value. It
 * has a session with each peer, at both ends a {@link io.ringsim.streaming.StreamSession} actor whose Javadoc tells the
 * protocol. A session has a {@link io.ringsim.streaming.TransferTask} for each table it sends and a
 * {@link io.ringsim.streaming.ReceiveTask} for each it receives.
 *
 * <p><b>Content</b> flows through two Akka Streams per session, one for all it sends and one for all it receives, behind
 * the seam {@link io.ringsim.streaming.SessionContent}:
 *
 * <pre>
 *   sender     FileSource -> ReadStage -> ThrottleStage -> SendSink
 *              (pieces)      (disk)       (node's rate)     |   ^
 *                                                     Chunk |   | Credit
 *                                                           v   |
 *   receiver                               ArrivalSource -> VerifyStage -> WriteSink
 *                                          (the window)     (checksum)     (disk)
 * </pre>
 *
 * <p>The writing disk asks for the next chunk, which lets the window grant credit, without which the sender sends nothing
 * and so reads nothing: whatever is slow holds up what is behind it, and what is on its way is never more than the window.
 *
 * <p><b>Endings.</b> A session ends once at each end, in one way, and within bounded time: what the peer says, what the
 * network says of the connection, silence ({@code streaming_socket_timeout_in_ms}) and standstill
 * ({@code stream_transfer_task_timeout}) all end it. Both ends end alike, or at least one of them in failure.
 */
@NullMarked
package io.ringsim.streaming;

import org.jspecify.annotations.NullMarked;
