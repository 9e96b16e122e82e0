package io.ringsim;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.typed.Behavior;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import io.ringsim.network.WireMessage;
import java.util.TreeSet;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** The laws of the house. */
class ArchitectureTest {
    private static final JavaClasses OURS = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .withImportOption(location -> !location.contains("-tests.jar"))
            .withImportOption(location -> !location.contains("/io/ringsim/agent/asm/")) // relocated, not ours
            .importPackages("io.ringsim");

    private static final String[] CORE = {
        "io.ringsim.ring..",
        "io.ringsim.data..",
        "io.ringsim.runtime..",
        "io.ringsim.network..",
        "io.ringsim.spi..",
        "io.ringsim.coordinator..",
        "io.ringsim.operation..",
        "io.ringsim.node.."
    };

    @Test
    void ringAndDataTouchNoAkka() {
        noClasses()
                .that()
                .resideInAnyPackage("io.ringsim.ring..", "io.ringsim.data..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("akka..", "scala..")
                .check(OURS);
    }

    @Test
    void ringTouchesOnlyTheJdk() {
        classes()
                .that()
                .resideInAPackage("io.ringsim.ring..")
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage("io.ringsim.ring..", "java..", "org.jspecify.."))
                .check(OURS);
    }

    @Test
    void coreTouchesNoSisterModule() {
        noClasses()
                .that()
                .resideInAnyPackage(CORE)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.ringsim.gossip..",
                        "io.ringsim.storage..",
                        "io.ringsim.streaming..",
                        "io.ringsim.sim..",
                        "io.ringsim.scenario..",
                        "io.ringsim.cli..")
                .check(OURS);
    }

    @Test
    void ofCoreOnlyTheCodecTouchesJackson() {
        noClasses()
                .that()
                .resideInAnyPackage(CORE)
                .and()
                .resideOutsideOfPackage("io.ringsim.network.wire")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("com.fasterxml..")
                .check(OURS);
    }

    @Test
    void gossipAndStorageTouchOnlyCore() {
        for (var module : new String[] {"io.ringsim.gossip..", "io.ringsim.storage.."}) {
            noClasses()
                    .that()
                    .resideInAPackage(module)
                    .should()
                    .dependOnClassesThat(resideInAPackage("io.ringsim..")
                            .and(resideInAnyPackage(CORE).negate())
                            .and(resideInAPackage(module).negate()))
                    .check(OURS);
        }
    }

    @Test
    void streamingTouchesOnlyCoreAndStorage() {
        noClasses()
                .that()
                .resideInAPackage("io.ringsim.streaming..")
                .should()
                .dependOnClassesThat(resideInAPackage("io.ringsim..")
                        .and(resideInAnyPackage(CORE).negate())
                        .and(resideInAnyPackage("io.ringsim.streaming..", "io.ringsim.storage..")
                                .negate()))
                .check(OURS);
    }

    @Test
    void onlyTheWiringKnowsMoreThanOneFrontDoor() {
        var knowing = new TreeSet<String>();
        for (var ours : OURS) {
            if (ours.getPackageName().startsWith("io.ringsim.sim")
                    || ours.getPackageName().startsWith("io.ringsim.deploy")) {
                continue;
            }
            long doors = ours.getDirectDependenciesFromSelf().stream()
                    .map(dependency -> dependency.getTargetClass().getName())
                    .filter(name -> name.equals("io.ringsim.gossip.ClusterLayer")
                            || name.equals("io.ringsim.gossip.SimulatedClusterLayer")
                            || name.equals("io.ringsim.storage.SizedStorage")
                            || name.equals("io.ringsim.storage.Storage")
                            || name.equals("io.ringsim.streaming.Streamer"))
                    .distinct()
                    .count();
            if (doors > 1) {
                knowing.add(ours.getName());
            }
        }
        assertThat(knowing).isEmpty();
    }

    @Test
    void packagesAreFreeOfCycles() {
        slices().matching("io.ringsim.(*)..").should().beFreeOfCycles().check(OURS);
    }

    @Test
    void everyWireMessageIsARecord() {
        classes()
                .that()
                .areAssignableTo(WireMessage.class)
                .and()
                .areNotInterfaces()
                .should()
                .beRecords()
                .check(OURS);
    }

    @Test
    void everyActorHasAPrivateConstructorAndNoPublicMutableField() {
        classes()
                .that()
                .areTopLevelClasses()
                .should(new ArchCondition<JavaClass>("be made by create() only, and show no mutable field") {
                    @Override
                    public void check(JavaClass actor, ConditionEvents events) {
                        boolean makesBehaviors = actor.getMethods().stream()
                                .anyMatch(method -> method.getName().equals("create")
                                        && method.getModifiers().contains(JavaModifier.STATIC)
                                        && method.getRawReturnType().isEquivalentTo(Behavior.class));
                        if (!makesBehaviors) {
                            return;
                        }
                        actor.getConstructors().stream()
                                .filter(constructor ->
                                        !constructor.getModifiers().contains(JavaModifier.PRIVATE))
                                .forEach(constructor -> events.add(SimpleConditionEvent.violated(
                                        actor, constructor.getFullName() + " is not private")));
                        actor.getFields().stream()
                                .filter(field -> field.getModifiers().contains(JavaModifier.PUBLIC)
                                        && !field.getModifiers().contains(JavaModifier.FINAL))
                                .forEach(field -> events.add(SimpleConditionEvent.violated(
                                        actor, field.getFullName() + " is public and mutable")));
                    }
                })
                .check(OURS);
    }

    @Test
    void namesSayWhatAThingIs() {
        noClasses()
                .should()
                .haveNameMatching(".*\\.([A-Za-z]*(Util|Utils|Helper|Manager|Impl)|I[A-Z][a-z]\\w*|Abstract\\w*)")
                .check(OURS);
        noClasses()
                .should()
                .resideInAnyPackage("..core..", "..util..", "..common..", "..impl..", "..model..")
                .check(OURS);
    }

    @Test
    void everyPackageIsNullMarked() {
        var unmarked = new TreeSet<String>();
        for (var ours : OURS.that(alwaysTrue())) {
            if (!ours.getPackage().isAnnotatedWith(NullMarked.class)) {
                unmarked.add(ours.getPackageName());
            }
        }
        assertThat(unmarked).isEmpty();
    }
}
