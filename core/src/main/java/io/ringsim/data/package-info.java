/** What is stored, as values. */
@NullMarked
package io.ringsim.data;

import org.jspecify.annotations.NullMarked;
