package io.ringsim.input;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/** Replaces values of a document by those given on a command line: {@code model.ring_delay=10s}. */
public final class Overrides {
    private Overrides() {}

    public static Yaml apply(Yaml root, List<String> settings, Problems problems) {
        Yaml changed = root;
        for (String setting : settings) {
            changed = apply(changed, setting, problems);
        }
        return changed;
    }

    private static Yaml apply(Yaml root, String setting, Problems problems) {
        var source = Source.of("--set " + setting, setting);
        int equals = setting.indexOf('=');
        if (equals <= 0) {
            problems.error(source, "is no setting", "write --set model.ring_delay=10s");
            return root;
        }
        var padded = Source.of(source.name(), " ".repeat(equals + 1) + setting.substring(equals + 1));
        List<String> path = List.of(setting.substring(0, equals).split("\\.", -1));
        return Yaml.read(padded, problems)
                .map(value -> replaced(root, path, value, new Place(source, 1, 1, equals), problems))
                .orElse(root);
    }

    private static Yaml replaced(Yaml in, List<String> path, Yaml value, Place place, Problems problems) {
        if (path.isEmpty()) {
            return value;
        }
        String key = path.get(0);
        List<String> rest = path.subList(1, path.size());
        if (in instanceof Yaml.Sequence sequence && key.matches("\\d{1,6}")) {
            int index = Integer.parseInt(key);
            if (index < sequence.items().size()) {
                var items = new ArrayList<>(sequence.items());
                items.set(index, replaced(items.get(index), rest, value, place, problems));
                return new Yaml.Sequence(sequence.place(), items);
            }
        }
        boolean isEmpty = in instanceof Yaml.Scalar scalar && scalar.isNull();
        if (!(in instanceof Yaml.Mapping) && !isEmpty) {
            Keys.error(
                    problems, place, "the scenario has nothing at " + key, "name keys from the top, separated by dots");
            return in;
        }
        var entries = new LinkedHashMap<String, Yaml.Entry>();
        if (in instanceof Yaml.Mapping mapping) {
            entries.putAll(mapping.entries());
        }
        Yaml.Entry before = entries.get(key);
        Yaml old = before == null ? new Yaml.Scalar(place, "", true, false, false) : before.value();
        entries.put(key, new Yaml.Entry(place, replaced(old, rest, value, place, problems)));
        return new Yaml.Mapping(in.place(), entries);
    }
}
