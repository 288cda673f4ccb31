package de.kreissiegel.ra.bench;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Who fetches in {@link CrlLoad}: the issuer's certificate, a hundred times a second. */
final class CrlLoadReaders {
  private static final List<Long> TIMES = Collections.synchronizedList(new ArrayList<>());

  private CrlLoadReaders() {}

  public static void main(String[] arguments) throws Exception {
    String base = "http://127.0.0.1:" + arguments[0];
    HttpClient client = HttpClient.newHttpClient();
    Thread.ofPlatform().daemon().start(() -> read(client, base));
    System.out.println("reading");
    var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      System.out.println(line.equals("tell") ? tell() : fetch(client, base));
    }
  }

  private static void read(HttpClient client, String base) {
    try {
      while (true) {
        long began = System.nanoTime();
        int status =
            client
                .send(
                    HttpRequest.newBuilder(URI.create(base + "/crl/root.crl")).build(),
                    BodyHandlers.ofByteArray())
                .statusCode();
        if (status != 200) {
          System.err.println("status " + status);
        }
        TIMES.add(System.nanoTime() - began);
        TimeUnit.MILLISECONDS.sleep(10);
      }
    } catch (Exception ended) {
      System.err.println("readers end: " + ended);
    }
  }

  private static String tell() {
    List<Long> times;
    synchronized (TIMES) {
      times = new ArrayList<>(TIMES);
      TIMES.clear();
    }
    Collections.sort(times);
    return times.isEmpty()
        ? "nobody"
        : "%d answers, median %.2f ms, 99 %% within %.2f ms, longest %.2f ms"
            .formatted(
                times.size(),
                times.get(times.size() / 2) / 1e6,
                times.get(times.size() * 99 / 100) / 1e6,
                times.getLast() / 1e6);
  }

  private static String fetch(HttpClient client, String base) throws Exception {
    Path to = Files.createTempFile("fetched", ".crl");
    try {
      for (String name : List.of("devices", "devices-p1")) {
        long began = System.nanoTime();
        var response =
            client.send(
                HttpRequest.newBuilder(URI.create(base + "/crl/" + name + ".crl")).build(),
                BodyHandlers.ofFile(to));
        if (response.statusCode() == 200) {
          return "%s fetched: %.1f MB in %.2f s, ETag %s"
              .formatted(
                  name,
                  Files.size(to) / 1e6,
                  (System.nanoTime() - began) / 1e9,
                  response.headers().firstValue("ETag").orElse("none"));
        }
      }
      return "nothing there";
    } finally {
      Files.delete(to);
    }
  }
}
