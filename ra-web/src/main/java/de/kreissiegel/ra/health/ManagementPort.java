package de.kreissiegel.ra.health;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import tools.jackson.databind.json.JsonMapper;

/**
 * Health and metrics of a node without a Spring context, under the addresses that they have
 * elsewhere. On loopback only.
 */
public final class ManagementPort implements AutoCloseable {
  private final HttpServer server;
  private final Map<String, HealthIndicator> parts;

  /**
   * @param parts what is to be well, by name
   * @param metrics in Prometheus' text format
   */
  public ManagementPort(int port, Map<String, HealthIndicator> parts, Supplier<String> metrics)
      throws IOException {
    this.server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    this.parts = Map.copyOf(parts);
    server.createContext("/actuator/health", this::health);
    server.createContext(
        "/actuator/prometheus",
        exchange -> send(exchange, 200, "text/plain; version=0.0.4", metrics.get()));
  }

  public void start() {
    server.start();
  }

  /** The port that is listened on. */
  public int port() {
    return server.getAddress().getPort();
  }

  private void health(HttpExchange exchange) throws IOException {
    Map<String, Object> components = new LinkedHashMap<>();
    boolean well = true;
    for (var part : parts.entrySet()) {
      Health health = Objects.requireNonNull(part.getValue().health());
      well &= health.getStatus().equals(Status.UP);
      components.put(
          part.getKey(),
          Map.of("status", health.getStatus().getCode(), "details", health.getDetails()));
    }
    String text =
        JsonMapper.shared()
            .writeValueAsString(Map.of("status", well ? "UP" : "DOWN", "components", components));
    send(exchange, well ? 200 : 503, "application/json", text);
  }

  private static void send(HttpExchange exchange, int status, String type, String text)
      throws IOException {
    try (exchange) {
      byte[] body = text.getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", type);
      exchange.sendResponseHeaders(status, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
