package de.kreissiegel.ca.status;

import static org.assertj.core.api.Assertions.assertThat;

import de.kreissiegel.ca.ValidationAuthority;
import de.kreissiegel.ca.inventory.Inquiry;
import de.kreissiegel.ca.inventory.Inquiry.Told;
import de.kreissiegel.ca.storage.TestDatabase;
import de.kreissiegel.ca.x509.SerialNumber;
import de.kreissiegel.hsm.signing.Bytes;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.cert.ocsp.CertificateID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;

class InquiriesTest {
  @RegisterExtension static final TestDatabase DATABASE = TestDatabase.fresh();

  private final StatusWorld world = new StatusWorld(DATABASE);
  private final Bytes issuer = world.peopleCertificate();
  private final OcspService node = world.service();

  @BeforeEach
  void furnish() throws Exception {
    world.furnish();
    StatusWorld.signAll(node);
  }

  @Test
  void knowsWhenSomebodyLastAskedAndWhatTheyHeard() throws Exception {
    ask(StatusWorld.GOOD);
    ask(StatusWorld.REVOKED);
    ask(StatusWorld.HELD);
    assertThat(last(StatusWorld.GOOD)).as("written down a little later").isEmpty();

    node.writeInquiries();

    assertThat(last(StatusWorld.GOOD))
        .contains(
            new Inquiry(
                world.hierarchy.people.authority().name(),
                StatusWorld.GOOD,
                world.clock.instant(),
                Told.GOOD));
    assertThat(last(StatusWorld.REVOKED)).map(Inquiry::told).contains(Told.REVOKED);
    assertThat(last(StatusWorld.HELD)).map(Inquiry::told).contains(Told.HELD);
    assertThat(last(StatusWorld.UNSPECIFIED)).as("nobody asked").isEmpty();
  }

  @Test
  void knowsOfWhoAskedWithANonceToo() throws Exception {
    node.responder()
        .respond(
            OcspQueries.askWith(
                OcspQueries.nonce(32),
                OcspQueries.id(CertificateID.HASH_SHA1, issuer, StatusWorld.GOOD)));
    node.writeInquiries();

    assertThat(last(StatusWorld.GOOD)).isPresent();
  }

  @Test
  void writesOnceAMinuteUnlessTheAnswerHasChanged() throws Exception {
    ask(StatusWorld.GOOD);
    node.writeInquiries();
    var first = last(StatusWorld.GOOD).orElseThrow();

    world.clock.pass(Duration.ofSeconds(59));
    ask(StatusWorld.GOOD);
    node.writeInquiries();
    assertThat(last(StatusWorld.GOOD)).contains(first);

    world.revoke(StatusWorld.GOOD);
    node.signChanges();
    ask(StatusWorld.GOOD);
    node.writeInquiries();
    assertThat(last(StatusWorld.GOOD)).map(Inquiry::told).contains(Told.REVOKED);

    world.clock.pass(Duration.ofSeconds(61));
    ask(StatusWorld.GOOD);
    node.writeInquiries();
    assertThat(last(StatusWorld.GOOD)).map(Inquiry::at).contains(world.clock.instant());
  }

  @Test
  void writesNothingWhereNobodyAsks() throws Exception {
    ask(StatusWorld.GOOD);
    node.writeInquiries();
    var before = last(StatusWorld.GOOD);
    world.clock.pass(Duration.ofHours(1));

    node.writeInquiries();

    assertThat(last(StatusWorld.GOOD)).isEqualTo(before);
  }

  @Test
  void forgetsWhereNobodyWrites() throws Exception {
    ask(StatusWorld.GOOD);
    node.forgetInquiries();
    node.writeInquiries();

    assertThat(last(StatusWorld.GOOD)).isEmpty();
  }

  @Test
  void areWrittenByAValidationNodeWithTheRightsOfTheDocsAlone(@TempDir Path folder)
      throws Exception {
    DATABASE.execute("create role status_node login");
    for (String right :
        List.of(
            "select on ocsp_answers, certificate, crl, crl_line, crl_piece, certificate_inquiry",
            "select on sequence ocsp_answers_id_seq",
            "insert, update on certificate_inquiry")) {
      DATABASE.execute("grant " + right + " to status_node");
    }
    var source = new PGSimpleDataSource();
    source.setUrl(DATABASE.address());
    source.setUser("status_node");
    try (var authority =
        new ValidationAuthority(
            new ValidationAuthority.Surroundings(
                source,
                new NoSigner(),
                world.catalog,
                OcspSettings.usual().withFolder(folder.resolve("copy")),
                _ -> {},
                folder.resolve("lists"),
                true,
                world.clock,
                new SecureRandom()))) {
      authority.ocsp().look();
      authority.ocsp().responder().respond(OcspQueries.ask(issuer, StatusWorld.GOOD));
      authority.ocsp().writeInquiries();
    } finally {
      DATABASE.execute("drop owned by status_node");
      DATABASE.execute("drop role status_node");
    }

    assertThat(last(StatusWorld.GOOD)).map(Inquiry::told).contains(Told.GOOD);
  }

  private void ask(SerialNumber serial) throws Exception {
    node.responder().respond(OcspQueries.ask(issuer, serial));
  }

  private Optional<Inquiry> last(SerialNumber serial) {
    return world.book.lastInquiry(world.hierarchy.people.authority().name(), serial);
  }
}
