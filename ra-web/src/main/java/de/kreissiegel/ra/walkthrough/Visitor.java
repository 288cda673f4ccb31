package de.kreissiegel.ra.walkthrough;

import de.kreissiegel.ra.credentials.DemoCredentials.Person;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/**
 * One person at the REST door: with name and password (RFC 7617) in each request, or known by the
 * certificate that the client shows.
 */
final class Visitor {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Duration LONGEST_ANSWER = Duration.ofSeconds(20);

  private final HttpClient client;
  private final URI web;
  private final Person person;
  private final boolean certified;

  private Visitor(HttpClient client, URI web, Person person, boolean certified) {
    this.client = client;
    this.web = web;
    this.person = person;
    this.certified = certified;
  }

  static Visitor byPassword(HttpClient client, URI web, Person person) {
    return new Visitor(client, web, person, false);
  }

  /**
   * @param client shows the person's certificate
   * @param door the certificate door
   */
  static Visitor byCertificate(HttpClient client, URI door, Person person) {
    return new Visitor(client, door, person, true);
  }

  Person person() {
    return person;
  }

  /** Reads {@code /api/v1} + path. */
  Reply get(String path) throws IOException, InterruptedException {
    return send("GET", path, request(path).GET().build());
  }

  /** Posts a JSON object to {@code /api/v1} + path. */
  Reply post(String path, Map<String, ?> body) throws IOException, InterruptedException {
    var request =
        request(path)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(JSON.writeValueAsString(body)))
            .build();
    return send("POST", path, request);
  }

  private HttpRequest.Builder request(String path) {
    var request =
        HttpRequest.newBuilder(web.resolve("/api/v1" + path))
            .timeout(LONGEST_ANSWER)
            .header("Accept-Language", "en");
    if (certified) {
      return request;
    }
    var secret = person.login() + ":" + person.password();
    var basic = Base64.getEncoder().encodeToString(secret.getBytes(StandardCharsets.UTF_8));
    return request.header("Authorization", "Basic " + basic);
  }

  private Reply send(String method, String path, HttpRequest request)
      throws IOException, InterruptedException {
    return Replies.of(method + " " + path, client.send(request, BodyHandlers.ofByteArray()));
  }
}
