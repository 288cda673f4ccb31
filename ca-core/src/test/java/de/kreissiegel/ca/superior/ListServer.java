package de.kreissiegel.ca.superior;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/** A superior's web server on loopback, as friendly as each test says. */
final class ListServer implements AutoCloseable {
  private final HttpServer server;
  private final Map<String, HttpHandler> answers = new ConcurrentHashMap<>();
  private final List<String> asked = new CopyOnWriteArrayList<>();

  ListServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            String tag = exchange.getRequestHeaders().getFirst("If-None-Match");
            asked.add(exchange.getRequestURI() + (tag == null ? "" : " unless " + tag));
            answers
                .getOrDefault(exchange.getRequestURI().getPath(), ListServer::missing)
                .handle(exchange);
          }
        });
    server.start();
  }

  InetSocketAddress address() {
    return server.getAddress();
  }

  String url() {
    return "http://127.0.0.1:" + address().getPort();
  }

  /** What was asked for since the last time. */
  List<String> asked() {
    List<String> since = List.copyOf(asked);
    asked.clear();
    return since;
  }

  void answer(String path, HttpHandler handler) {
    answers.put(path, handler);
  }

  /** The octets, known by their hash. */
  void serve(String path, byte[] octets) {
    String tag = "\"" + java.util.Arrays.hashCode(octets) + "\"";
    answer(
        path,
        exchange -> {
          exchange.getResponseHeaders().add("ETag", tag);
          exchange.getResponseHeaders().add("Content-Type", "application/pkix-crl");
          if (tag.equals(exchange.getRequestHeaders().getFirst("If-None-Match"))) {
            exchange.sendResponseHeaders(304, -1);
          } else {
            exchange.sendResponseHeaders(200, octets.length);
            exchange.getResponseBody().write(octets);
          }
        });
  }

  void redirect(String path, String to) {
    answer(
        path,
        exchange -> {
          exchange.getResponseHeaders().add("Location", to);
          exchange.sendResponseHeaders(302, -1);
        });
  }

  private static void missing(HttpExchange exchange) throws IOException {
    exchange.sendResponseHeaders(404, -1);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
