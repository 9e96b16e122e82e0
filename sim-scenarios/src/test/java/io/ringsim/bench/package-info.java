@NullMarked
package io.ringsim.bench;

import org.jspecify.annotations.NullMarked;
