/** What nodes say to each other, and the links it crosses. */
@NullMarked
package io.ringsim.network;

import org.jspecify.annotations.NullMarked;
