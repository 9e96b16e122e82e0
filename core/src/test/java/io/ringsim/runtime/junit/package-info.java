@NullMarked
package io.ringsim.runtime.junit;

import org.jspecify.annotations.NullMarked;
