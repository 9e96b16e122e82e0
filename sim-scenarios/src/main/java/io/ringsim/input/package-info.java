/** Reading what people give us: text with places in it, and everything that is wrong with it at once. */
@NullMarked
package io.ringsim.input;

import org.jspecify.annotations.NullMarked;
