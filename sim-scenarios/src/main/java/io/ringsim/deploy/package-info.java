/** Hosts: processes that run nodes on real disks and sockets. */
@NullMarked
package io.ringsim.deploy;

import org.jspecify.annotations.NullMarked;
