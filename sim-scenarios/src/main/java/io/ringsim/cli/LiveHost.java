package io.ringsim.cli;

import io.ringsim.input.BadInput;
import io.ringsim.runtime.RealWorld;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.stream.Stream;

/** A host that runs, as its watching address answers. */
@RealWorld("it talks to another process")
final class LiveHost {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int OK = 200;

    private final String address;
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();

    LiveHost(String address) {
        if (!address.matches("[^\\s/:]+:\\d{1,5}")) {
            throw BadInput.in("--live", "'" + address + "' is no HOST:PORT", "write 127.0.0.1:7180");
        }
        this.address = address;
    }

    /** Prints a page as the host has it. */
    int show(String page, Format format, Shell shell) {
        if (format == Format.CSV || format == Format.NDJSON) {
            throw BadInput.in("--format", "a host that runs answers in text or json", "write --format json");
        }
        var query = format == Format.TEXT ? "?format=text" : "";
        var request = HttpRequest.newBuilder(uri("/" + page + query)).timeout(PATIENCE);
        var answer = send(request.GET().build(), HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != OK) {
            shell.say(address + ": " + answer.body().strip());
            return ExitCode.ENVIRONMENT;
        }
        shell.out().print(answer.body());
        return ExitCode.OK;
    }

    /** Has it do something; each line of the answer as it comes. */
    HttpResponse<Stream<String>> operate(String operation, String query, String token) {
        return send(
                HttpRequest.newBuilder(uri("/admin/" + operation + query))
                        .header("Authorization", "Bearer " + token)
                        .POST(HttpRequest.BodyPublishers.noBody())
                        .build(),
                HttpResponse.BodyHandlers.ofLines());
    }

    private URI uri(String path) {
        return URI.create("http://" + address + path);
    }

    private <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> handler) {
        try {
            return client.send(request, handler);
        } catch (IOException failed) {
            var reason = failed.getMessage() == null ? "nobody listens there" : failed.getMessage();
            throw new UncheckedIOException(
                    new IOException("no answer from " + address + " (" + reason + "); is the host running", failed));
        } catch (InterruptedException stopped) {
            throw new UncheckedIOException(new IOException("stopped while waiting for " + address, stopped));
        }
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
