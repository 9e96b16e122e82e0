/** Programs of others, which see what is public only. */
@NullMarked
package io.ringsim.example;

import org.jspecify.annotations.NullMarked;
