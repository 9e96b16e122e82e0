/** The ringsim command. {@link io.ringsim.cli.Main} is the way in. */
@NullMarked
package io.ringsim.cli;

import org.jspecify.annotations.NullMarked;
