package de.kreissiegel.ra.officer;

import de.kreissiegel.hsm.signing.Bytes;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import javax.net.ssl.SSLContext;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One request, or recovery, of a server that is not trusted with what an officer signs. */
final class InboxDoor implements AutoCloseable {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final long LARGEST_ANSWER = 512 * 1024;
  private static final int LONGEST_WORDS = 300;

  private final HttpClient client;
  private final Matter matter;
  private final URI address;
  private final Locale language;

  /**
   * Opens nothing yet.
   *
   * @param tls shows the officer's certificate
   * @param server the certificate door, {@code https://host:port}
   * @param id the request's or the recovery's
   */
  InboxDoor(SSLContext tls, URI server, Matter matter, UUID id, Locale language) {
    this.client =
        HttpClient.newBuilder()
            .sslContext(tls)
            .connectTimeout(PATIENCE)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
    this.matter = matter;
    this.address = server.resolve("/api/v1/" + matter.resource() + "/" + id + "/");
    this.language = language;
  }

  /**
   * The octets of what is to be signed: of an order those of each part, by the part's id; of a
   * recovery those of each key, by the release's.
   *
   * @return at least one
   */
  Map<UUID, Bytes> statements() throws NotApproved, InterruptedException {
    Map<UUID, Bytes> statements = new LinkedHashMap<>();
    for (JsonNode part : asked(request(matter.statements()).GET()).path("items")) {
      try {
        statements.put(
            UUID.fromString(part.path(matter.part()).asString("")),
            Bytes.of(
                Base64.getDecoder().decode(part.path("statement").path("statement").asString(""))));
      } catch (IllegalArgumentException noBase64) {
        throw new NotApproved("the server's statement is no base64, or of nothing");
      }
    }
    if (statements.isEmpty() || statements.size() > matter.mostParts()) {
      throw new NotApproved("the server shows no statement, or too many");
    }
    return statements;
  }

  /**
   * Says yes.
   *
   * @param signatures CMS SignedData over each statement
   * @param check how the officer checked the person, by {@code kind} and {@code on}; may be empty
   * @return the request's or recovery's state then
   */
  String approve(List<Bytes> signatures, Map<String, String> check)
      throws NotApproved, InterruptedException {
    Map<String, Object> sent = new HashMap<>();
    sent.put(
        "signatures",
        signatures.stream().map(one -> Base64.getEncoder().encodeToString(one.toArray())).toList());
    if (!check.isEmpty()) {
      sent.put("check", check);
    }
    String body = JSON.writeValueAsString(sent);
    return shown(
        asked(
                request("approve")
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString(body)))
            .path("state")
            .asString("?"));
  }

  /** Words of the server for a terminal, which takes some characters as orders. */
  private static String shown(String words) {
    String plain = words.replaceAll("[\\p{Cc}\\p{Cf}\\p{Co}\\p{Cn}\\u2028\\u2029]", "?");
    return plain.length() > LONGEST_WORDS ? plain.substring(0, LONGEST_WORDS) + "…" : plain;
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(address.resolve(path))
        .timeout(PATIENCE)
        .header("Accept-Language", language.getLanguage());
  }

  private JsonNode asked(HttpRequest.Builder request) throws NotApproved, InterruptedException {
    try {
      HttpResponse<String> answer =
          client.send(
              request.build(), BodyHandlers.limiting(BodyHandlers.ofString(), LARGEST_ANSWER));
      JsonNode said = JSON.readTree(answer.body());
      if (answer.statusCode() != 200) {
        throw new NotApproved(
            "the server says %d: %s"
                .formatted(
                    answer.statusCode(),
                    shown(said.path("detail").asString(said.path("title").asString("no reason")))));
      }
      return said;
    } catch (JacksonException noJson) {
      throw new NotApproved("the server's answer is no JSON");
    } catch (IOException unreached) {
      throw new NotApproved("the server can't be reached: " + unreached.getMessage());
    }
  }

  @Override
  public void close() {
    client.close();
  }
}
