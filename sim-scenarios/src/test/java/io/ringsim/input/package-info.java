/** Claims about reading text with places in it. */
@NullMarked
package io.ringsim.input;

import org.jspecify.annotations.NullMarked;
