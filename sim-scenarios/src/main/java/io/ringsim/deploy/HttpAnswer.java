package io.ringsim.deploy;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** An answer to an HTTP request: at once, or piece by piece. */
record HttpAnswer(HttpExchange exchange) {
    void all(int code, String type, String body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", type);
        var bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(code, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    /** A line for people. */
    void say(int code, String line) throws IOException {
        all(code, "text/plain; charset=utf-8", line + "\n");
    }

    void json(int code, String json) throws IOException {
        all(code, "application/json", json);
    }

    void begin(String type) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(200, 0);
    }

    /** A piece, which leaves at once. */
    void more(String text) throws IOException {
        exchange.getResponseBody().write(text.getBytes(StandardCharsets.UTF_8));
        exchange.getResponseBody().flush();
    }
}
