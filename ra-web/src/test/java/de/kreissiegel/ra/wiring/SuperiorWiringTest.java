package de.kreissiegel.ra.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.kreissiegel.ca.authority.AuthorityCatalog;
import de.kreissiegel.ca.authority.AuthorityName;
import de.kreissiegel.ca.superior.FetchSettings;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How CRLs of external superiors are fetched, as the configuration says it. */
class SuperiorWiringTest {
  @TempDir private Path folder;

  @Test
  void areFetchedWhereNothingIsSaid() throws Exception {
    assertThat(read("fetch: true"))
        .isEqualTo(
            new FetchSettings(
                true,
                Map.of(),
                4 << 20,
                Duration.ofSeconds(10),
                Duration.ofSeconds(60),
                Optional.empty()));
  }

  @Test
  void areFetchedAsItIsSaid() throws Exception {
    assertThat(
            read(
                """
                fetch: false
                    largest: 2MB
                    proxy: http://proxy.example:3128
                    connect-timeout: 3s
                    timeout: 2m
                    addresses:
                      verwaltung-superior-1: ["http://a.example/x.crl", "https://b.example/x.crl"]
                """))
        .isEqualTo(
            new FetchSettings(
                false,
                Map.of(
                    new AuthorityName("verwaltung-superior-1"),
                    List.of(
                        URI.create("http://a.example/x.crl"),
                        URI.create("https://b.example/x.crl"))),
                2 << 20,
                Duration.ofSeconds(3),
                Duration.ofMinutes(2),
                Optional.of(InetSocketAddress.createUnresolved("proxy.example", 3128))));
  }

  @Test
  void whatIsWrongIsSaidBeforeAnythingStarts() throws Exception {
    var none = new AuthorityCatalog(List.of(), Map.of());
    for (String[] wrong :
        new String[][] {
          {"proxy: socks://proxy.example:1080", "proxy"},
          {"proxy: http://proxy.example", "proxy"},
          {"proxy: http://me:secret@proxy.example:3128", "proxy"},
          {"largest: 64MB", "16 MiB"},
          {"timeout: 1h", "time-out"},
          {"timeout: 0s", "time-out"},
          {"addresses: {people-superior-1: ['ldap://x.example/cn=x']}", "http"},
          {"addresses: {people-superior-1: ['http://x.example/x.crl']}", "people-superior-1"},
          {"addresses: {people-superior-1: []}", "people-superior-1"}
        }) {
      Path file = write(wrong[0]);
      assertThatThrownBy(() -> SuperiorWiring.check(file, Optional.of(none)))
          .as(wrong[0])
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(wrong[1]);
    }
    Path unreadable = write("timeout: bald");
    assertThatThrownBy(() -> SuperiorWiring.check(unreadable, Optional.empty()))
        .isInstanceOf(IOException.class);
    Path good = write("addresses: {people-superior-1: ['http://x.example/x.crl']}");
    assertThatCode(() -> SuperiorWiring.check(good, Optional.empty())).doesNotThrowAnyException();
  }

  private FetchSettings read(String said) throws Exception {
    return SuperiorWiring.settings(
        InstallationReader.binder(write(said))
            .bind("kreissiegel.superior-crls", Installation.SuperiorCrls.class)
            .get());
  }

  private Path write(String said) throws Exception {
    return Files.writeString(
        folder.resolve("kreissiegel.yaml"), "kreissiegel:\n  superior-crls:\n    " + said + "\n");
  }
}
