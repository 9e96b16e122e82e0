/** The local store of a node. */
@NullMarked
package io.ringsim.storage;

import org.jspecify.annotations.NullMarked;
