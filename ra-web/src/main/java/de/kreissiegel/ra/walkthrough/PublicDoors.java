package de.kreissiegel.ra.walkthrough;

import de.kreissiegel.ra.credentials.DemoCredentials;
import de.kreissiegel.ra.credentials.DemoRole;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.GeneralSecurityException;
import java.time.Duration;

/**
 * The doors of the demo that are open to everybody who has the address and, where it takes one, a
 * password. TLS is believed only up to the demo's root, host name included; redirects are not
 * followed.
 */
final class PublicDoors implements AutoCloseable {
  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration LONGEST_ANSWER = Duration.ofSeconds(10);

  private final DemoCredentials credentials;
  private final HttpClient client;

  PublicDoors(DemoCredentials credentials, Anchors anchors) throws GeneralSecurityException {
    this.credentials = credentials;
    this.client =
        HttpClient.newBuilder()
            .sslContext(anchors.tls())
            .connectTimeout(CONNECT)
            .followRedirects(HttpClient.Redirect.NEVER)
            .version(HttpClient.Version.HTTP_1_1)
            .build();
  }

  /** The REST door, entered as the person of this role. */
  Visitor as(DemoRole role) {
    return new Visitor(client, credentials.addresses().web(), credentials.person(role));
  }

  /** The directory, over a connection of its own. */
  DirectoryDoor directory() throws Surprise {
    return DirectoryDoor.open(credentials.addresses().directory(), credentials.directoryAdmin());
  }

  /** Reads an address that stands in a certificate. */
  Reply fetch(URI address) throws IOException, InterruptedException {
    var request = HttpRequest.newBuilder(address).timeout(LONGEST_ANSWER).GET().build();
    return Replies.of("GET " + address, client.send(request, BodyHandlers.ofByteArray()));
  }

  /** Posts octets to an address that stands in a certificate. */
  Reply post(URI address, String contentType, byte[] body)
      throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(address)
            .timeout(LONGEST_ANSWER)
            .header("Content-Type", contentType)
            .POST(BodyPublishers.ofByteArray(body))
            .build();
    return Replies.of("POST " + address, client.send(request, BodyHandlers.ofByteArray()));
  }

  @Override
  public void close() {
    client.close();
  }
}
