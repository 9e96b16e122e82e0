package io.ringsim.runtime;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigUtil;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The configuration of a system in a world: the user's, with Akka's extension points turned to the world. */
final class WorldConfig {
    private static final List<String> STOCK_TYPES = List.of("Dispatcher", "PinnedDispatcher");

    private WorldConfig() {}

    static Config of(World world, Config user) {
        var ours = new LinkedHashMap<String, Object>();
        ours.put(World.CONFIG_KEY, world.id);
        ours.put("akka.scheduler.implementation", VirtualScheduler.class.getName());
        ours.put("akka.actor.provider", VirtualActorRefProvider.class.getName());
        ours.put("akka.jvm-shutdown-hooks", false);
        ours.put("akka.jvm-exit-on-fatal-error", false);
        ours.put("akka.coordinated-shutdown.run-by-jvm-shutdown-hook", false);
        ours.put("akka.coordinated-shutdown.exit-jvm", false);
        ours.put("akka.log-dead-letters", "off"); // its listener measures real time
        var whole = user.withFallback(ConfigFactory.defaultReference());
        turnDispatchers("", whole.root(), ours);
        return ConfigFactory.parseMap(ours, "the simulated world")
                .withFallback(whole)
                .resolve();
    }

    /** Whatever looks like a dispatcher with threads, wherever it is configured, becomes a virtual one. */
    private static void turnDispatchers(String path, ConfigObject section, Map<String, Object> ours) {
        section.forEach((key, value) -> {
            var inner = path.isEmpty() ? ConfigUtil.quoteString(key) : path + "." + ConfigUtil.quoteString(key);
            if (value instanceof ConfigObject deeper) {
                turnDispatchers(inner, deeper, ours);
            } else if (key.equals("type") && STOCK_TYPES.contains(String.valueOf(value.unwrapped()))) {
                ours.put(inner, VirtualDispatcherConfigurator.class.getName());
            }
        });
    }
}
