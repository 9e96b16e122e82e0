package io.ringsim.runtime;

import akka.actor.Cell;
import java.util.regex.Pattern;

/** Names as the trace knows them: without what differs from JVM to JVM, such as global counters and addresses. */
final class Names {
    private static final Pattern COUNTED = Pattern.compile(
            "(eventStreamUnsubscriber|StreamSupervisor|" + "akkaprotocolmanager[^/]*|remoteactorref)-?[0-9]+");
    private static final ClassValue<Long> HASHES = new ClassValue<>() {
        @Override
        protected Long computeValue(Class<?> type) {
            return hash(of(type));
        }
    };

    private Names() {}

    /** An actor: its system and its path. */
    static String of(Cell actor) {
        return actor.system().name() + of(actor.self().path().toStringWithoutAddress());
    }

    /** The path of an actor. */
    static String of(String path) {
        return COUNTED.matcher(path).replaceAll("$1-*");
    }

    /** The name of a class; one made for a lambda has its place of birth only. */
    static String of(Class<?> type) {
        String name = type.getName();
        int lambda = name.indexOf("$$Lambda");
        return lambda < 0 ? name : name.substring(0, lambda) + "$$Lambda";
    }

    static long hash(Class<?> type) {
        return HASHES.get(type);
    }

    /** FNV-1a over the characters. */
    static long hash(String name) {
        long hash = 0xCBF29CE484222325L;
        for (int i = 0; i < name.length(); i++) {
            hash = (hash ^ name.charAt(i)) * 0x100000001B3L;
        }
        return hash;
    }
}
