/** What an operator can ask of a node, one class each. */
@NullMarked
package io.ringsim.operation;

import org.jspecify.annotations.NullMarked;
