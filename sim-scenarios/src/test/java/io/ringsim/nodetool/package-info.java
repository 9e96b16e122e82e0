/** Claims about what is read back from operators' tools. */
@NullMarked
package io.ringsim.nodetool;

import org.jspecify.annotations.NullMarked;
