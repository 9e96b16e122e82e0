/** The benchmarks as users can repeat them: each measures its peer or limit in the same run. */
@NullMarked
package io.ringsim.bench;

import org.jspecify.annotations.NullMarked;
