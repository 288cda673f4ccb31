package de.kreissiegel.ra.setup;

import static org.assertj.core.api.Assertions.assertThat;

import de.kreissiegel.ca.authority.AuthorityName;
import de.kreissiegel.ldap.demo.DemoDirectory;
import de.kreissiegel.ra.house.LaunchedParts;
import de.kreissiegel.ra.peer.AgainstPeer;
import de.kreissiegel.ra.peer.OpensslSuperior;
import de.kreissiegel.ra.peer.Output;
import de.kreissiegel.ra.peer.Peer;
import de.kreissiegel.ra.peer.PeerSession;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * From the wizard to a house that runs, all of whose authorities a root of openssl's has certified.
 */
@AgainstPeer(Peer.OPENSSL)
@Timeout(value = 8, unit = TimeUnit.MINUTES)
class HouseWithoutRootPeerTest {
  private static final List<AuthorityName> LINES =
      List.of(new AuthorityName("people"), new AuthorityName("devices"));

  @TempDir private Path folder;
  private Path data;
  private OpensslSuperior superior;
  private int pages;
  private int validation;

  @Test
  void opensslBelievesAHouseThatStandsUnderItsRoot(PeerSession openssl) throws Exception {
    data = folder.resolve("data");
    pages = LaunchedParts.freePort();
    validation = LaunchedParts.freePort();
    superior = new OpensslSuperior(openssl, folder, "localhost");
    var officers =
        List.of(SetupAnswers.Officer.make("Jürgen Weiß"), SetupAnswers.Officer.make("Ayşe Yılmaz"));
    try (var parts = new LaunchedParts(folder);
        var directory = DemoDirectory.open(folder.resolve("directory"), 0, new SecureRandom())) {
      answer(directory, officers);
      SetupAnswers.ceremony(folder, data);
      saysThatTheSuperiorHasNotAnswered(parts);
      for (AuthorityName line : LINES) {
        SetupAnswers.later(folder, data)
            .requestFromSuperior(line, Optional.empty(), LocalDate.now().plusDays(30));
      }
      for (AuthorityName line : LINES) {
        Path request = data.resolve("external-superior/%s/%s.csr".formatted(line, line));
        SetupAnswers.later(folder, data)
            .installFromSuperior(line, superior.certify(request, line.value()), Optional.empty());
      }
      SetupAnswers.consent(data, officers);
      parts.signer(data);
      parts.web(data);

      believesThePages(openssl);
      findsTheAnchorOnThePages(openssl);
      asksForTheStatus(openssl);
    }
  }

  /** As the wizard's pages are answered. */
  private void answer(DemoDirectory directory, List<SetupAnswers.Officer> officers)
      throws Exception {
    try (var running = new RunningSetup(data, Clock.systemUTC())) {
      SetupBrowser browser = running.browser();
      browser.post("/code", Map.of("code", running.code()));
      browser.post(
          "/steps/district", SetupAnswers.district(pages, LaunchedParts.freePort(), validation));
      browser.post("/steps/database", Map.of("action", "anyway"));
      var found = new HashMap<>(SetupAnswers.directory(directory, directory.passwords().service()));
      found.put("mapping", "sample-district");
      browser.post("/steps/directory", found);
      browser.post("/steps/mail", Map.of());
      browser.post(
          "/steps/keys",
          Map.of(
              "superior", "external", "signer-socket", data.resolve("run/signer.sock").toString()));
      var people = new HashMap<>(SetupAnswers.people());
      for (int i = 0; i < officers.size(); i++) {
        people.put("officers." + i + ".name", officers.get(i).name());
        people.put("officers." + i + ".key", officers.get(i).fingerprint());
      }
      browser.post("/steps/people", people);
      browser.post("/summary", Map.of());
      browser.plainPost("/finish", Map.of("_csrf", browser.token("/checklist")));
      running.setup.await();
    }
  }

  private void saysThatTheSuperiorHasNotAnswered(LaunchedParts parts) throws Exception {
    Process start =
        parts.kreissiegel(
            "early", "start", "--config", data.resolve("kreissiegel.yaml").toString());
    assertThat(start.waitFor(2, TimeUnit.MINUTES)).isTrue();
    assertThat(start.exitValue()).isNotZero();
    assertThat(parts.said("early"))
        .contains("has no authority yet", "external-install")
        .doesNotContain("\tat ");
  }

  private void believesThePages(PeerSession openssl) throws Exception {
    Output output =
        openssl.run(
            "s_client",
            "-connect",
            "localhost:" + pages,
            "-no-CApath",
            "-no-CAstore",
            "-CAfile",
            superior.root().toString(),
            "-verify_hostname",
            "localhost",
            "-verify_return_error",
            "-showcerts");
    openssl.sees(
        "pages that its own root vouches for",
        () -> assertThat(output.text()).contains("Verify return code: 0 (ok)", "TLSv1.3"));
    int begin = output.text().indexOf("-----BEGIN CERTIFICATE-----");
    int end = output.text().indexOf("-----END CERTIFICATE-----") + 26;
    Files.writeString(folder.resolve("server.pem"), output.text().substring(begin, end));
  }

  /** Whoever is to believe us needs the superior's root, and gets it where ours would be. */
  private void findsTheAnchorOnThePages(PeerSession openssl) throws Exception {
    Output fingerprint =
        openssl.run("x509", "-in", superior.root().toString(), "-noout", "-fingerprint", "-sha256");
    String digest = fingerprint.text().strip().replaceFirst(".*=", "");
    SetupBrowser visitor = new SetupBrowser(pages);
    openssl.sees(
        "its own fingerprint on the page",
        () ->
            assertThat(visitor.get("/info").body())
                .contains("PROBE Freistaat Root", digest.substring(0, 23)));
    openssl.sees(
        "its own certificate there",
        () ->
            assertThat(visitor.get("/info/authorities/people-superior-1.pem").body())
                .isEqualToNormalizingWhitespace(Files.readString(superior.root())));
  }

  private void asksForTheStatus(PeerSession openssl) throws Exception {
    Output status =
        openssl.run(
            "ocsp",
            "-issuer",
            folder.resolve("devices.pem").toString(),
            "-cert",
            folder.resolve("server.pem").toString(),
            "-url",
            "http://localhost:%d/ocsp".formatted(validation),
            "-CAfile",
            superior.root().toString(),
            "-verify_other",
            folder.resolve("devices.pem").toString(),
            "-no_nonce");
    openssl.sees(
        "a good certificate, from a responder that it believes",
        () -> assertThat(status.text()).contains("Response verify OK", "server.pem: good"));
    byte[] list =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(
                        URI.create("http://localhost:%d/crl/devices.crl".formatted(validation)))
                    .build(),
                BodyHandlers.ofByteArray())
            .body();
    Files.write(folder.resolve("devices.crl"), list);
    Output verified =
        openssl.run(
            "crl",
            "-inform",
            "DER",
            "-in",
            folder.resolve("devices.crl").toString(),
            "-CAfile",
            folder.resolve("devices.pem").toString(),
            "-noout");
    openssl.sees("a list of ours", () -> assertThat(verified.text()).contains("verify OK"));
  }
}
