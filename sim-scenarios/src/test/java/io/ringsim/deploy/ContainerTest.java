package io.ringsim.deploy;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** That the Dockerfile and the manifests for Kubernetes agree with the host they are for, as far as that shows without either. */
class ContainerTest {
    private static final Path ROOT = Path.of(System.getProperty("ringsim.root", ".."));
    private static final Path MAIN = ROOT.resolve("sim-scenarios/src/main");
    private static final String NAMESPACE = "shops";

    @TempDir
    private static Path folder;

    /** What holds in the pod ringsim-1. */
    private static Config pod;

    private record Said(int exitCode, String out, String err) {}

    /** Runs the command of the image, with the classes of this build. */
    private static Said run(String... arguments) throws IOException, InterruptedException {
        var command =
                new ArrayList<>(List.of("sh", MAIN.resolve("docker/ringsim").toString()));
        command.addAll(List.of(arguments));
        var process =
                new ProcessBuilder(command).redirectError(folder.resolve("err").toFile());
        process.environment().put("RINGSIM_JAR", System.getProperty("java.class.path"));
        process.environment().put("RINGSIM_JAVA_OPTS", environment("RINGSIM_JAVA_OPTS"));
        process.environment().put("POD_NAME", "ringsim-1");
        process.environment().put("POD_NAMESPACE", NAMESPACE);
        var started = process.start();
        var out = new String(started.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Said(started.waitFor(), out, Files.readString(folder.resolve("err")));
    }

    private static String dockerfile() throws IOException {
        return Files.readString(MAIN.resolve("docker/Dockerfile"));
    }

    /** The words after an instruction of the Dockerfile that is there once. */
    private static List<String> instruction(String name) throws IOException {
        var lines =
                dockerfile().lines().filter(line -> line.startsWith(name + " ")).toList();
        assertThat(lines).as(name).hasSize(1);
        var words = lines.get(0).substring(name.length() + 1);
        return words.startsWith("[") ? strings(yaml(words)) : List.of(words.split(" ", -1));
    }

    private static String environment(String name) throws IOException {
        var set = Pattern.compile("ENV " + name + "=\"([^\"]*)\"").matcher(dockerfile());
        assertThat(set.find()).isTrue();
        return set.group(1);
    }

    private static Object yaml(String text) {
        return new Load(LoadSettings.builder().build()).loadFromString(text);
    }

    private static Object manifest(String name) throws IOException {
        return yaml(Files.readString(MAIN.resolve("kubernetes/" + name + ".yaml")));
    }

    /** What is there: names of members and, of elements, their numbers or what they are called. */
    private static Object at(Object of, String... path) {
        Object now = of;
        for (var step : path) {
            var next = now instanceof List<?> elements
                    ? elements.stream()
                            .filter(element -> step.equals(((Map<?, ?>) element).get("name")))
                            .findFirst()
                            .orElse(null)
                    : ((Map<?, ?>) now).get(step);
            now = requireNonNull(next, "there is no " + step + " of " + String.join(".", path));
        }
        return now;
    }

    private static List<String> strings(Object list) {
        return ((List<?>) list).stream().map(String::valueOf).toList();
    }

    private static List<Object> each(Object list, String member) {
        return ((List<?>) list).stream().map(element -> at(element, member)).toList();
    }

    private static Object container(String... path) throws IOException {
        return at(at(manifest("statefulset"), "spec", "template", "spec", "containers", "ringsim"), path);
    }

    @BeforeAll
    static void readConfiguration() throws IOException, InterruptedException {
        Files.writeString(folder.resolve("host.conf"), (String) at(manifest("configmap"), "data", "host.conf"));
        var check = run("node", "--config", folder.resolve("host.conf").toString(), "--check");
        assertThat(check.err()).isEmpty();
        assertThat(check.exitCode()).isZero();
        pod = ConfigFactory.parseString(check.out());
    }

    @Test
    void thePodsNameIsTheHostsAndLeadsToIt() throws IOException {
        var service = (String) at(manifest("service"), "metadata", "name");

        assertThat(pod.getString("name")).isEqualTo("ringsim-1");
        assertThat(pod.getString("rack")).isEqualTo("ringsim-1");
        assertThat(pod.getString("listen-address"))
                .isEqualTo("ringsim-1." + service + "." + NAMESPACE + ".svc.cluster.local");
        assertThat(at(manifest("statefulset"), "spec", "serviceName")).isEqualTo(service);
        assertThat(at(manifest("service"), "spec", "clusterIP")).isEqualTo("None");
        assertThat(at(manifest("service"), "spec", "publishNotReadyAddresses")).isEqualTo(true);
    }

    @Test
    void theFirstPodsAreTheSeeds() throws IOException {
        int replicas = (Integer) at(manifest("statefulset"), "spec", "replicas");
        var own = pod.getString("listen-address") + ":" + pod.getInt("port");

        assertThat(pod.getStringList("seeds"))
                .hasSize(replicas)
                .contains(own)
                .allSatisfy(seed -> assertThat(seed.replaceFirst("ringsim-\\d", "ringsim-1"))
                        .isEqualTo(own))
                .first()
                .asString()
                .startsWith("ringsim-0.");
        assertThat(at(manifest("statefulset"), "spec", "podManagementPolicy")).isEqualTo("Parallel");
    }

    @Test
    void allAgreeOnThePorts() throws IOException {
        var ports = Map.of(
                "messages", pod.getInt("port"),
                "streams", pod.getInt("stream-port"),
                "admin", pod.getInt("admin.port"));

        for (var port : ports.entrySet()) {
            assertThat(container("ports", port.getKey(), "containerPort")).isEqualTo(port.getValue());
            assertThat(at(manifest("service"), "spec", "ports", port.getKey(), "port"))
                    .isEqualTo(port.getValue());
        }
        assertThat(instruction("EXPOSE"))
                .containsExactlyInAnyOrderElementsOf(
                        ports.values().stream().map(String::valueOf).toList());
        assertThat(pod.getString("admin.address")).isEqualTo("0.0.0.0");
        assertThat(pod.getString("bind-address")).isEqualTo("0.0.0.0");
    }

    @Test
    void filesAreWhereTheyAreMounted() throws IOException {
        var mounts = container("volumeMounts");
        assertThat(at(mounts, "data", "mountPath"))
                .isEqualTo(pod.getString("data-directory"))
                .isEqualTo(instruction("VOLUME").get(0));
        assertThat(at(mounts, "token", "mountPath") + "/token").isEqualTo(pod.getString("admin.token-file"));
        assertThat(strings(container("args")))
                .isEqualTo(instruction("CMD"))
                .contains(at(mounts, "config", "mountPath") + "/host.conf");
        var spec = at(manifest("statefulset"), "spec", "template", "spec");
        var copied = strings(at(spec, "initContainers", "token", "command"));
        assertThat(copied.get(copied.size() - 1)).isEqualTo(pod.getString("admin.token-file"));
        var volumes = Stream.concat(
                        each(at(spec, "volumes"), "name").stream(),
                        each(at(manifest("statefulset"), "spec", "volumeClaimTemplates"), "metadata").stream()
                                .map(metadata -> at(metadata, "name")))
                .toList();
        assertThat(volumes)
                .containsAll(each(mounts, "name"))
                .containsAll(each(at(spec, "initContainers", "token", "volumeMounts"), "name"));
    }

    @Test
    void servicesAndBudgetsAreAboutThesePods() throws IOException {
        var labels = at(manifest("statefulset"), "spec", "template", "metadata", "labels");

        assertThat(at(manifest("statefulset"), "spec", "selector", "matchLabels"))
                .isEqualTo(labels);
        assertThat(at(manifest("service"), "spec", "selector")).isEqualTo(labels);
        assertThat(at(manifest("poddisruptionbudget"), "spec", "selector", "matchLabels"))
                .isEqualTo(labels);
        assertThat(at(manifest("poddisruptionbudget"), "spec", "maxUnavailable"))
                .isEqualTo(1);
    }

    @Test
    void theImageHasWhatTheBuildMakes() throws IOException {
        for (var copied :
                dockerfile().lines().filter(line -> line.startsWith("COPY ")).toList()) {
            var words = copied.split(" ", -1);
            assertThat(words[1].endsWith(".jar") ? ROOT.resolve("sim-scenarios/pom.xml") : ROOT.resolve(words[1]))
                    .exists();
        }
        assertThat(dockerfile()).contains("COPY sim-scenarios/target/ringsim.jar /opt/ringsim/ringsim.jar");
        assertThat(Files.readString(ROOT.resolve("sim-scenarios/pom.xml")))
                .contains("<outputFile>${project.build.directory}/ringsim.jar</outputFile>");
        assertThat(Files.readString(MAIN.resolve("docker/ringsim"))).contains("/opt/ringsim/ringsim.jar");
        assertThat(instruction("ENTRYPOINT")).containsExactly("ringsim");
        var context = at(manifest("statefulset"), "spec", "template", "spec", "securityContext");
        assertThat(instruction("USER")).containsExactly(at(context, "runAsUser") + ":" + at(context, "runAsGroup"));
    }

    @Test
    void probesAreAnsweredAndWhatIsRunBeforeTheStopDrains() throws IOException, InterruptedException {
        var token = folder.resolve("token");
        Files.writeString(token, "0123456789abcdef");
        Files.setPosixFilePermissions(token, PosixFilePermissions.fromString("rw-------"));
        int port = TestLan.freePort();
        var file = folder.resolve("alone.conf");
        Files.writeString(file, """
                ringsim.host {
                  name = alone, port = %d, seeds = ["127.0.0.1:%d"], data-directory = "%s"
                  admin { port = 0, token-file = "%s" }
                }
                """.formatted(port, port, folder.resolve("alone"), token));
        try (var host = HostProcess.start(HostConfig.read(file))) {
            var live = "127.0.0.1:" + host.admin().getPort();
            for (var probe : List.of("startupProbe", "livenessProbe", "readinessProbe")) {
                var path = (String) container(probe, "httpGet", "path");
                assertThat(container(probe, "httpGet", "port")).isEqualTo("admin");
                TestHost.await(path + " is answered", () -> status(live, path) == 200);
            }
            var drain = new ArrayList<>(strings(container("lifecycle", "preStop", "exec", "command")));
            assertThat(drain.remove(0)).isEqualTo(instruction("ENTRYPOINT").get(0));
            drain.replaceAll(word -> word.replace("127.0.0.1:" + pod.getInt("admin.port"), live)
                    .replace(pod.getString("admin.token-file"), token.toString()));

            var said = run(drain.toArray(String[]::new));

            assertThat(said.exitCode()).as(said.err()).isZero();
            assertThat(said.out()).contains("\"completed\"");
            assertThat(status(live, (String) container("readinessProbe", "httpGet", "path")))
                    .isEqualTo(503);
            assertThat(status(live, (String) container("livenessProbe", "httpGet", "path")))
                    .isEqualTo(200);
        }
    }

    private static int status(String live, String path) {
        try {
            return HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create("http://" + live + path))
                                    .build(),
                            HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        } catch (IOException | InterruptedException failed) {
            throw new AssertionError(failed);
        }
    }
}
