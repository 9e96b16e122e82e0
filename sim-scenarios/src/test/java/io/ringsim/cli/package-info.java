@NullMarked
package io.ringsim.cli;

import org.jspecify.annotations.NullMarked;
