package de.kreissiegel.ra.walkthrough;

import de.kreissiegel.ra.credentials.DemoCredentials;
import de.kreissiegel.ra.credentials.DemoCredentials.Person;
import de.kreissiegel.ra.credentials.DemoRole;
import de.kreissiegel.ra.officer.OfficerFile;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/**
 * The doors of the demo that are open to everybody who has the address and, where it takes one, a
 * password or a key. TLS is believed only up to the demo's root, host name included; redirects are
 * not followed.
 */
final class PublicDoors implements AutoCloseable {
  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration LONGEST_ANSWER = Duration.ofSeconds(10);

  private final Path data;
  private final DemoCredentials credentials;
  private final Anchors anchors;
  private final HttpClient client;
  private final Map<DemoRole, HttpClient> certified = new EnumMap<>(DemoRole.class);

  /**
   * @param data where people's key files are
   */
  PublicDoors(Path data, DemoCredentials credentials, Anchors anchors)
      throws GeneralSecurityException {
    this.data = data;
    this.credentials = credentials;
    this.anchors = anchors;
    this.client = client(anchors.tls());
  }

  private static HttpClient client(SSLContext tls) {
    return HttpClient.newBuilder()
        .sslContext(tls)
        .connectTimeout(CONNECT)
        .followRedirects(HttpClient.Redirect.NEVER)
        .version(HttpClient.Version.HTTP_1_1)
        .build();
  }

  /**
   * The REST door, entered as the person of this role: by the certificate that they have for their
   * office, else by password.
   */
  Visitor as(DemoRole role) throws IOException, GeneralSecurityException {
    Person person = credentials.person(role);
    HttpClient own = certified.get(role);
    if (own == null) {
      Optional<OfficerFile> file = certificateOf(person);
      if (file.isEmpty()) {
        return Visitor.byPassword(client, credentials.addresses().web(), person);
      }
      own = client(anchors.tls(file.get()));
      certified.put(role, own);
    }
    return Visitor.byCertificate(own, credentials.addresses().certificateDoor(), person);
  }

  private Optional<OfficerFile> certificateOf(Person person)
      throws IOException, GeneralSecurityException {
    for (Path file :
        List.of(DemoCredentials.loginFile(data, person), DemoCredentials.keyFile(data, person))) {
      if (Files.exists(file)) {
        var read = OfficerFile.read(file, credentials.officerKeyPassword().toCharArray());
        if (read.isCertified()) {
          return Optional.of(read);
        }
      }
    }
    return Optional.empty();
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
    certified.values().forEach(HttpClient::close);
  }
}
