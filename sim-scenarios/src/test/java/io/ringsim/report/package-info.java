@NullMarked
package io.ringsim.report;

import org.jspecify.annotations.NullMarked;
