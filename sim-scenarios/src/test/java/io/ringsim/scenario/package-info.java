/** Claims about scenarios as files. */
@NullMarked
package io.ringsim.scenario;

import org.jspecify.annotations.NullMarked;
