/** How rows and writes are laid out in bytes; the same in the commit log, in SSTables and on the wire. */
@NullMarked
package io.ringsim.storage.codec;

import org.jspecify.annotations.NullMarked;
