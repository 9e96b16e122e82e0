package io.ringsim.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.ringsim.input.Problems;
import io.ringsim.input.Source;
import io.ringsim.input.Yaml;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The published schema and the reader are of one mind about the shape of a file. */
class ScenarioSchemaTest {
    private static final Schema SCHEMA = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(ScenarioSchema.text());

    static List<Path> good() {
        return Corpus.good();
    }

    static List<Path> badShape() {
        return Corpus.badShape();
    }

    static List<Path> badMeaning() {
        return Corpus.badMeaning();
    }

    private static List<String> errors(Source source) {
        var problems = new Problems();
        return Yaml.read(source, problems)
                .filter(root -> !problems.hasErrors())
                .map(root -> SCHEMA.validate(json(root)).stream()
                        .map(Error::toString)
                        .toList())
                .orElse(List.of("no YAML"));
    }

    private static JsonNode json(Yaml yaml) {
        var factory = JsonNodeFactory.instance;
        if (yaml instanceof Yaml.Mapping mapping) {
            var object = factory.objectNode();
            mapping.entries().forEach((key, entry) -> object.set(key, json(entry.value())));
            return object;
        }
        if (yaml instanceof Yaml.Sequence sequence) {
            var array = factory.arrayNode();
            sequence.items().forEach(item -> array.add(json(item)));
            return array;
        }
        var scalar = (Yaml.Scalar) yaml;
        if (scalar.isNull()) {
            return factory.nullNode();
        }
        if (scalar.isBoolean()) {
            return factory.booleanNode(scalar.text().equals("true"));
        }
        return scalar.isNumber() ? factory.numberNode(new BigDecimal(scalar.text())) : factory.textNode(scalar.text());
    }

    @ParameterizedTest
    @MethodSource("good")
    void acceptsWhatTheReaderAccepts(Path file) {
        assertThat(errors(Source.read(file))).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("badMeaning")
    void leavesMeaningToTheReader(Path file) {
        assertThat(errors(Source.read(file))).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("badShape")
    void refusesWhatHasNotTheShape(Path file) {
        assertThat(errors(Source.read(file))).isNotEmpty();
    }

    @Test
    void acceptsWhatTheWriterWrites() {
        for (int seed = 0; seed < 100; seed++) {
            String text = ScenarioWriter.write(new AnyScenario(seed).scenario());

            assertThat(errors(Source.of("any-" + seed, text))).isEmpty();
        }
    }

    /** Each step and expectation of a bad file alone is refused too, so that none hides behind another. */
    @ParameterizedTest
    @MethodSource("badShape")
    void refusesEachBadEntryAlone(Path file) {
        var problems = new Problems();
        Yaml root = Yaml.read(Source.read(file), problems).orElse(new Yaml.Scalar(null0(file), "", true, false, false));
        if (!(root instanceof Yaml.Mapping mapping) || problems.hasErrors()) {
            return;
        }
        for (String key : List.of("timeline", "expect")) {
            Yaml.Entry entry = mapping.entries().get(key);
            if (entry == null || !(entry.value() instanceof Yaml.Sequence sequence)) {
                continue;
            }
            for (Yaml item : sequence.items()) {
                var one = new java.util.LinkedHashMap<>(mapping.entries());
                one.remove("timeline");
                one.remove("expect");
                one.put(key, new Yaml.Entry(entry.key(), new Yaml.Sequence(sequence.place(), List.of(item))));
                JsonNode alone = json(new Yaml.Mapping(mapping.place(), one));

                assertThat(SCHEMA.validate(alone))
                        .as(file.getFileName() + " " + json(item))
                        .isNotEmpty();
            }
        }
    }

    private static io.ringsim.input.Place null0(Path file) {
        return new io.ringsim.input.Place(Source.read(file), 1, 1, 1);
    }
}
