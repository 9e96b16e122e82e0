package io.ringsim.network;

/** Something added to a network that can be taken away again. */
@FunctionalInterface
public interface Installed {
    void uninstall();
}
