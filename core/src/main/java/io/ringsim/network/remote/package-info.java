/**
 * The network between hosts: nodes of several JVMs talk over Akka's Artery. Start with {@link
 * io.ringsim.network.remote.HostNetwork}.
 */
@NullMarked
package io.ringsim.network.remote;

import org.jspecify.annotations.NullMarked;
