package io.ringsim.deploy;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValueFactory;
import io.ringsim.gossip.ClusterLayer;
import io.ringsim.input.BadInput;
import io.ringsim.input.Problem;
import io.ringsim.input.Problems;
import io.ringsim.input.Suggestion;
import io.ringsim.network.remote.HostNetwork;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * The configuration of a host: a HOCON file with {@code ringsim.host}, and any settings of Akka beside it. All keys, and what
 * they are when the file has none, are in this module's {@code reference.conf}.
 *
 * @param name of the host
 * @param settings of its nodes
 * @param akka of its actor system, resolved
 * @param warnings keys of the file that mean nothing
 */
public record HostConfig(String name, HostSettings settings, Admin admin, Config akka, List<Problem> warnings) {
    private static final String ROOT = "ringsim.host";

    /** Where the host is watched, and the file of the token with which it is operated; without, it cannot be. */
    public record Admin(String address, int port, Optional<Path> tokenFile) {}

    public HostConfig {
        warnings = List.copyOf(warnings);
    }

    /**
     * Reads a file.
     *
     * @throws BadInput with all that is wrong in it
     */
    public static HostConfig read(Path file) {
        if (!Files.isReadable(file)) {
            throw BadInput.in(file.toString(), "cannot be read", "name a file of HOCON with " + ROOT);
        }
        Config written;
        try {
            written = ConfigFactory.parseFile(
                    file.toAbsolutePath().toFile(), // so that what it includes is sought beside it
                    ConfigParseOptions.defaults().setOriginDescription(file.toString()));
        } catch (ConfigException.Parse wrong) {
            throw problem(file, wrong.origin() == null ? 0 : wrong.origin().lineNumber(), plain(wrong), "mend it");
        }
        return of(file, written);
    }

    private static HostConfig of(Path file, Config written) {
        var problems = new Problems();
        var reference = ConfigFactory.parseResources(HostConfig.class.getClassLoader(), "reference.conf");
        warnOfUnknown(file, written, reference.getConfig(ROOT), problems);
        Config whole;
        try {
            whole = written.withFallback(HostNetwork.recommended())
                    .withFallback(ClusterLayer.recommended())
                    .withFallback(ConfigFactory.load())
                    .resolve();
        } catch (ConfigException unresolved) {
            throw problem(file, line(unresolved), plain(unresolved), "give it a value");
        }
        var keys = new HostKeys(file, whole.getConfig(ROOT), problems);
        var settings = keys.settings();
        var akka = akka(keys, whole);
        var admin = new Admin(keys.text("admin.address"), keys.port("admin.port"), keys.file("admin.token-file"));
        problems.throwIfAny();
        return new HostConfig(keys.text("name"), settings, admin, akka, problems.warnings());
    }

    private static Config akka(HostKeys keys, Config whole) {
        Map<String, Object> own = new LinkedHashMap<>();
        own.put("akka.actor.provider", "cluster");
        own.put("akka.remote.artery.canonical.hostname", keys.text("listen-address"));
        own.put("akka.remote.artery.canonical.port", keys.port("port"));
        own.put("akka.remote.artery.bind.hostname", keys.bindAddress());
        own.put(
                "akka.cluster.seed-nodes",
                keys.seeds().stream()
                        .map(seed -> "akka://" + SYSTEM + "@" + seed)
                        .toList());
        own.put("akka.coordinated-shutdown.phases.before-service-unbind.timeout", "100s");
        var config = ConfigFactory.empty();
        for (var entry : own.entrySet()) {
            config = config.withValue(entry.getKey(), ConfigValueFactory.fromAnyRef(entry.getValue()));
        }
        return config.withFallback(whole);
    }

    /** What all hosts call their actor systems. */
    static final String SYSTEM = "ringsim";

    private static void warnOfUnknown(Path file, Config written, Config known, Problems problems) {
        if (!written.hasPath(ROOT)) {
            return;
        }
        var names = new TreeSet<String>();
        known.root().keySet().forEach(names::add);
        written.getConfig(ROOT).root().forEach((name, value) -> {
            if (!names.contains(name)) {
                warn(file, value.origin().lineNumber(), ROOT + "." + name, Suggestion.remedy(name, names), problems);
            }
        });
        for (var section : List.of("admin", "stream-tls")) {
            var inside = new ArrayList<>(known.getConfig(section).root().keySet());
            Collections.sort(inside);
            var path = ROOT + "." + section;
            if (written.hasPath(path)) {
                written.getConfig(path).root().forEach((name, value) -> {
                    if (!inside.contains(name)) {
                        var remedy = Suggestion.remedy(name, inside);
                        warn(file, value.origin().lineNumber(), path + "." + name, remedy, problems);
                    }
                });
            }
        }
    }

    private static void warn(Path file, int line, String key, String remedy, Problems problems) {
        problems.add(new Problem(file.toString(), Math.max(0, line), 1, 0, true, "there is no key " + key, remedy, ""));
    }

    private static BadInput problem(Path file, int line, String what, String remedy) {
        var problems = new Problems();
        problems.add(new Problem(file.toString(), Math.max(0, line), 1, 0, false, what, remedy, ""));
        try {
            problems.throwIfAny();
        } catch (BadInput bad) {
            return bad;
        }
        throw new IllegalStateException("no error is an error");
    }

    private static int line(ConfigException wrong) {
        return wrong.origin() == null ? 0 : wrong.origin().lineNumber();
    }

    private static String plain(ConfigException wrong) {
        return String.valueOf(wrong.getMessage()).replaceFirst("^[^:]*: \\d+: ", "");
    }

    /** All keys with their values, for whoever wants to know what holds. */
    public String rendered() {
        return akka.getConfig(ROOT).root().render(ConfigRenderOptions.concise().setFormatted(true));
    }

    static String quoted(String key) {
        return ConfigUtil.quoteString(key);
    }
}
