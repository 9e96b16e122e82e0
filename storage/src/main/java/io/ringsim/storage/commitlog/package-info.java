/**
 * The commit log: every write is in {@link io.ringsim.storage.commitlog.CommitLog} before it is in a memtable, and is read
 * back from there after a crash.
 */
@NullMarked
package io.ringsim.storage.commitlog;

import org.jspecify.annotations.NullMarked;
