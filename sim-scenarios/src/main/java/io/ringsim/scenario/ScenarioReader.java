package io.ringsim.scenario;

import io.ringsim.input.Keys;
import io.ringsim.input.Malformed;
import io.ringsim.input.Overrides;
import io.ringsim.input.Place;
import io.ringsim.input.Problems;
import io.ringsim.input.Source;
import io.ringsim.input.Suggestion;
import io.ringsim.input.Units;
import io.ringsim.input.Yaml;
import io.ringsim.nodetool.ImportedRing;
import io.ringsim.ring.NodeId;
import io.ringsim.sim.MembershipKind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Reads scenario files: YAML 1.2, names as in cassandra.yaml, a unit on every size, rate and time. Whatever is wrong is
 * told at once, each with its line and column and with what would be right.
 */
public final class ScenarioReader {
    /** What a table and a row take on a disk beyond values, at most. */
    private static final long ROOM_PER_TABLE = 16 << 20;

    private static final long ROOM_PER_ROW = 100;

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");

    private final Problems problems;
    private final Known known;
    private final Path folder;

    private ScenarioReader(Problems problems, Path folder) {
        this.problems = problems;
        this.folder = folder;
        known = new Known(problems);
    }

    /**
     * Reads a file.
     *
     * @throws io.ringsim.input.BadInput with all that is wrong
     */
    public static Scenario read(Path file) {
        Path folder = file.toAbsolutePath().getParent();
        return read(Source.read(file), folder == null ? file : folder, List.of(), new Problems());
    }

    /**
     * Reads a text.
     *
     * @param folder where the files it imports are
     * @param overrides {@code model.ring_delay=10s}: values that replace the file's
     * @param problems is given the warnings; the errors too
     * @throws io.ringsim.input.BadInput with all that is wrong
     */
    public static Scenario read(Source source, Path folder, List<String> overrides, Problems problems) {
        Optional<Yaml> document = Yaml.read(source, problems).map(root -> Overrides.apply(root, overrides, problems));
        problems.throwIfAny();
        Optional<Scenario> scenario = document.flatMap(root -> Keys.of(root, "", problems))
                .map(keys -> new ScenarioReader(problems, folder).scenario(keys, source));
        problems.throwIfAny();
        return scenario.orElseThrow();
    }

    private Scenario scenario(Keys keys, Source source) {
        if (keys.require("ringsim", "write ringsim: 1, the version of this format")) {
            keys.read("ringsim", ScenarioReader::version);
        }
        String name = keys.read("name", ScenarioReader::name).orElseGet(() -> nameOf(source));
        String description = keys.text("description").orElse("");
        Profile profile = keys.read("profile", ScenarioReader::profile).orElse(Profile.V2_1);
        MembershipKind membership =
                keys.read("membership", ScenarioReader::membership).orElse(MembershipKind.CLUSTER);
        long seed = keys.read("seed", ScenarioReader::seed).orElse(Scenario.DEFAULT_SEED);
        Limits limits = keys.map("limits").map(ScenarioReader::limits).orElse(Limits.DEFAULTS);
        var rings = new RingReader(known, profile);
        Optional<ImportedRing> imported = ring(keys, rings);
        List<KeyspaceSpec> keyspaces = keyspaces(keys, imported);
        Model model = keys.map("model")
                .map(map -> new ModelReader(problems).read(map, Model.defaults(profile)))
                .orElse(Model.defaults(profile));
        var timeline = new ArrayList<Step>();
        imported.ifPresent(ring -> timeline.addAll(ImportReader.underway(ring)));
        List<Yaml> steps = keys.list("timeline");
        timeline.addAll(new TimelineReader(known, rings, model).read(steps));
        List<Expectation> expect = new ExpectationReader(known, timeline).read(keys.list("expect"));
        keys.finish();
        checkCapacity(keys, keyspaces, model);
        new TimelineCheck(known, timeline, steps).check();
        return new Scenario(
                name, description, profile, membership, seed, known.ring(), keyspaces, model, timeline, expect, limits);
    }

    private Optional<ImportedRing> ring(Keys keys, RingReader rings) {
        List<String> ways = keys.present(List.of("ring", "import"));
        if (ways.size() != 1) {
            Place place = ways.isEmpty() ? keys.place() : keys.placeOf("import");
            Keys.error(
                    problems,
                    place,
                    ways.isEmpty() ? "there is no ring" : "ring and import are two rings",
                    "write either ring: or import:");
        }
        Optional<ImportedRing> imported = keys.map("import").flatMap(map -> ImportReader.read(map, folder, known));
        imported.ifPresent(ring -> {
            ring.nodes().forEach(node -> known.addNode(node.node(), keys.placeOf("import")));
            known.ring(ImportReader.ring(ring));
        });
        keys.map("ring").ifPresent(map -> known.ring(rings.read(map)));
        return imported;
    }

    private List<KeyspaceSpec> keyspaces(Keys keys, Optional<ImportedRing> imported) {
        Map<NodeId, Long> loads = imported.map(ImportReader::loads).orElse(new TreeMap<>());
        List<KeyspaceSpec> keyspaces = keys.map("keyspaces")
                .map(map -> new KeyspaceReader(known, loads).read(map))
                .orElse(List.of());
        if (!keys.has("keyspaces")) {
            keys.require("keyspaces", "write keyspaces: with a replication and tables");
        }
        known.keyspaces(keyspaces);
        return keyspaces;
    }

    private static int version(String text) {
        if (!text.equals("1")) {
            throw new Malformed("format '" + text + "' is not known", "write ringsim: 1");
        }
        return 1;
    }

    static String name(String text) {
        if (!NAME.matcher(text).matches()) {
            throw new Malformed("'" + text + "' cannot name a folder", "use letters, digits, '.', '_' and '-'");
        }
        return text;
    }

    private static String nameOf(Source source) {
        Path file = Path.of(source.name()).getFileName();
        String plain = (file == null ? "scenario" : file.toString()).replaceFirst("\\.ya?ml$", "");
        return NAME.matcher(plain).matches() ? plain : "scenario";
    }

    private static Profile profile(String text) {
        return Profile.of(text)
                .orElseThrow(() ->
                        new Malformed("profile '" + text + "' is not known", "known are \"0.6\", \"2.1\", \"4.1\""));
    }

    private static MembershipKind membership(String text) {
        var names = Arrays.stream(MembershipKind.values())
                .map(MembershipKind::toString)
                .toList();
        return MembershipKind.of(text)
                .orElseThrow(
                        () -> new Malformed("membership '" + text + "' is not known", Suggestion.remedy(text, names)));
    }

    private static long seed(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException wrong) {
            throw new Malformed("'" + text + "' is no seed", "write a whole number of 64 bits, as 42");
        }
    }

    private static Limits limits(Keys keys) {
        Duration virtual = keys.read("virtual", ScenarioReader::positive).orElse(Limits.DEFAULTS.virtual());
        long events = keys.read("events", text -> {
                    long count = Units.count(text);
                    if (count == 0) {
                        throw new Malformed("a run of no events decides nothing", "write events: 50M");
                    }
                    return count;
                })
                .orElse(Limits.DEFAULTS.events());
        keys.finish();
        return new Limits(virtual, events);
    }

    private static Duration positive(String text) {
        Duration time = Units.time(text);
        if (time.isZero()) {
            throw new Malformed("a run of no time decides nothing", "write virtual: 24h");
        }
        return time;
    }

    private void checkCapacity(Keys keys, List<KeyspaceSpec> keyspaces, Model model) {
        for (RingSpec.Node node : known.ring().nodes()) {
            long sizes = keyspaces.stream()
                    .flatMap(keyspace -> keyspace.tables().stream())
                    .mapToLong(table -> table.dataOn(node.node()))
                    .reduce(0, Math::addExact);
            long rows = keyspaces.stream()
                    .flatMap(keyspace -> keyspace.rowTables().stream())
                    .mapToLong(table -> ROOM_PER_TABLE + table.rows() * (table.rowBytes() + ROOM_PER_ROW))
                    .sum();
            if (sizes + rows > model.disk().capacity()) {
                keys.error(
                        keys.has("model") ? "model" : "keyspaces",
                        node.node() + (rows > 0 ? " may hold " : " holds ") + Units.writeSize(sizes + rows)
                                + " on a disk of "
                                + Units.writeSize(model.disk().capacity()),
                        "lower " + (rows > 0 ? "rows" : "data_per_node") + " or raise model.disk.capacity");
                return;
            }
        }
    }
}
