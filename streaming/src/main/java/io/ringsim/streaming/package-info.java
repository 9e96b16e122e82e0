/** Moving SSTables between nodes: plans, sessions, tasks, files. */
@NullMarked
package io.ringsim.streaming;

import org.jspecify.annotations.NullMarked;
