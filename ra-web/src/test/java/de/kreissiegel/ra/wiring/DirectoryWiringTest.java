package de.kreissiegel.ra.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import de.kreissiegel.ca.authority.AuthorityName;
import de.kreissiegel.ca.publication.PublicationRules;
import de.kreissiegel.ca.roster.DirectoryName;
import de.kreissiegel.ldap.publish.PublishConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoryWiringTest {
  private static final DirectoryName DISTRICT = new DirectoryName("district");

  @TempDir private Path folder;

  @Test
  void publishesCertificatesAloneWhereNothingIsSaid() throws Exception {
    assertThat(publishing("", DISTRICT)).isEqualTo(PublishConfig.usual(DISTRICT));
  }

  @Test
  void readsWhatIsWrittenIntoADirectory() throws Exception {
    assertThat(
            publishing(
                """
                    publish:
                      smime-messages: true
                      authorities: ou=pki,dc=example
                      largest-list: 8MB
                      keep-expired: 7d
                      withdraw-superseded: true
                      logon-authorities: [people]
                """,
                DISTRICT))
        .isEqualTo(
            new PublishConfig(
                DISTRICT,
                new PublicationRules(
                    true,
                    true,
                    8L << 20,
                    Duration.ofDays(7),
                    true,
                    Set.of(new AuthorityName("people"))),
                Optional.of("ou=pki,dc=example")));
  }

  @Test
  void refusesAPlaceThatIsNoName() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> publishing("    publish: {authorities: nowhere}\n", DISTRICT))
        .withMessageContaining("nowhere");
  }

  @Test
  void knowsNoOtherDirectory() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> publishing("", new DirectoryName("other")));
  }

  private PublishConfig publishing(String publish, DirectoryName name) throws Exception {
    Path file = folder.resolve("kreissiegel.yaml");
    Files.writeString(
        file,
        """
        kreissiegel:
          directory:
            url: ldap://127.0.0.1:10389
            base: dc=example
            bind-dn: cn=kreissiegel,dc=example
            password-file: password
        """
            + publish);
    return DirectoryWiring.publishing(
        InstallationReader.binder(file).bind("kreissiegel", Installation.class).get(), name);
  }
}
