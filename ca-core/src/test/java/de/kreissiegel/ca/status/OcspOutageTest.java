package de.kreissiegel.ca.status;

import static org.assertj.core.api.Assertions.assertThat;

import de.kreissiegel.ca.ValidationAuthority;
import de.kreissiegel.ca.status.OcspResponder.Answer;
import de.kreissiegel.ca.storage.TestDatabase;
import de.kreissiegel.hsm.signing.Bytes;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.ocsp.OCSPObjectIdentifiers;
import org.bouncycastle.cert.ocsp.BasicOCSPResp;
import org.bouncycastle.cert.ocsp.CertificateID;
import org.bouncycastle.cert.ocsp.OCSPResp;
import org.bouncycastle.cert.ocsp.RevokedStatus;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What a node answers while vault, database or both are away, and after its own restart. */
class OcspOutageTest {
  @RegisterExtension static final TestDatabase DATABASE = TestDatabase.fresh();

  @TempDir Path folder;

  private final StatusWorld world = new StatusWorld(DATABASE);
  private final Bytes issuer = world.peopleCertificate();

  @BeforeEach
  void furnish() {
    world.furnish();
  }

  @Test
  void givesTheAnswerWithoutNonceWhenNobodyCanSignAndCountsIt() throws Exception {
    OcspService node = world.service();
    StatusWorld.signAll(node);
    world.vault.down = true;

    Answer answer = node.responder().respond(withNonce());

    BasicOCSPResp basic = OcspQueries.verified(answer, issuer);
    assertThat(basic.getExtension(OCSPObjectIdentifiers.id_pkix_ocsp_nonce)).isNull();
    assertThat(answer.freshness()).isPresent();
    assertThat(node.responder().counts().nonceUnsigned()).isEqualTo(1);
  }

  @Test
  void saysThatItDoesNotKnowAboutAnAuthorityThatWasTerminatedOnceTheLastAnswersHaveEnded()
      throws Exception {
    OcspService before = world.service();
    StatusWorld.signAll(before);
    OcspService after = world.serviceWithout(world.clock.instant());
    StatusWorld.signAll(after);
    world.clock.pass(Duration.ofHours(1));

    for (byte[] request : List.of(OcspQueries.ask(issuer, StatusWorld.REVOKED), withNonce())) {
      OcspQueries.verified(after.responder().respond(request), issuer);
    }
    world.clock.pass(OcspSettings.VALIDITY);
    for (byte[] request : List.of(OcspQueries.ask(issuer, StatusWorld.REVOKED), withNonce())) {
      assertThat(OcspQueries.outcome(after.responder().respond(request)))
          .isEqualTo(OCSPResp.UNAUTHORIZED);
    }
    assertThat(after.responder().counts().tryLater()).isZero();
  }

  @Test
  void signsForANonceWithoutTheDatabaseAsLongAsItIsInStep() throws Exception {
    OcspService node = world.service();
    StatusWorld.signAll(node);
    node.look();
    try (var _ = databaseAway()) {
      assertThat(nonce(node.responder().respond(withNonce()))).isPresent();

      world.clock.pass(Duration.ofMinutes(1));

      assertThat(nonce(node.responder().respond(withNonce()))).isEmpty();
    }
    assertThat(node.responder().counts().nonceUnsigned()).isEqualTo(1);
  }

  @Test
  void answersFromItsDiskAfterARestartWithDatabaseAndVaultAway() throws Exception {
    try (OcspService node = node()) {
      StatusWorld.signAll(node);
      world.revoke(StatusWorld.GOOD);
      node.signChanges();
    }
    world.vault.down = true;
    world.clock.pass(Duration.ofHours(20));
    try (var _ = databaseAway();
        OcspService again = node()) {
      assertThat(again.ready()).isEqualTo(4);
      Answer answer = again.responder().respond(OcspQueries.ask(issuer, StatusWorld.GOOD));
      assertThat(OcspQueries.verified(answer, issuer).getResponses()[0].getCertStatus())
          .isInstanceOf(RevokedStatus.class);
      assertThat(again.responder().inStep()).isFalse();
      assertThat(again.responder().asOf())
          .isEqualTo(world.clock.instant().minus(Duration.ofHours(20)));
      assertThat(again.diskIsWell()).isTrue();
    }
  }

  @Test
  void saysTryLaterOnceAnAnswerHoldsNoMore() throws Exception {
    OcspService node = world.service();
    StatusWorld.signAll(node);
    world.vault.down = true;
    byte[] request = OcspQueries.ask(issuer, StatusWorld.GOOD);
    world.clock.pass(Duration.ofHours(24).minusSeconds(1));
    assertThat(OcspQueries.outcome(node.responder().respond(request)))
        .isEqualTo(OCSPResp.SUCCESSFUL);

    world.clock.pass(Duration.ofSeconds(1));

    assertThat(OcspQueries.outcome(node.responder().respond(request)))
        .isEqualTo(OCSPResp.TRY_LATER);
  }

  @Test
  void goesOnFromItsDiskAndFetchesOnlyWhatItLacks() throws Exception {
    try (OcspService node = node()) {
      StatusWorld.signAll(node);
    }
    long size = Files.size(copy());
    try (OcspService again = node()) {
      again.look();
      assertThat(Files.size(copy())).as("only a frame that says when").isLessThan(size + 100);
      assertThat(world.told).isEmpty();
    }
  }

  @Test
  void readsUpToADamageAndFetchesTheRest() throws Exception {
    try (OcspService node = node()) {
      StatusWorld.signAll(node);
    }
    long whole = Files.size(copy());
    for (long cut = whole; cut > 0; cut -= 797) {
      try (FileChannel file = FileChannel.open(copy(), StandardOpenOption.WRITE)) {
        file.truncate(cut);
      }
      try (OcspService again = node()) {
        again.look();
        assertThat(again.ready()).as("cut at " + cut).isEqualTo(4);
      }
    }
    flip(copy());
    try (OcspService again = node()) {
      again.look();
      assertThat(again.ready()).isEqualTo(4);
    }
  }

  @Test
  void keepsItsFileShort() throws Exception {
    try (OcspService node = node()) {
      for (int hour = 0; hour < 60; hour++) {
        DATABASE.execute("update ocsp_slot set due = to_timestamp(0) where slot between 1 and 4");
        world.clock.pass(Duration.ofHours(1));
        StatusWorld.signAll(node);
      }
      assertThat(node.ready()).isEqualTo(4);
    }
    assertThat(Files.size(copy())).as("written anew on the way").isLessThan(90 << 10);
    assertThat(DATABASE.number("select last_value from ocsp_answers_id_seq") * 700)
        .as("all that was ever signed")
        .isGreaterThan(120 << 10);
    try (OcspService again = node()) {
      assertThat(again.ready()).isEqualTo(4);
    }
  }

  @Test
  void readsAllAgainWhenTheDatabaseIsAnOlderOne() throws Exception {
    try (OcspService node = node()) {
      StatusWorld.signAll(node);
      DATABASE.execute("delete from ocsp_answers");
      DATABASE.execute("alter sequence ocsp_answers_id_seq restart");
      world.revoke(StatusWorld.GOOD);
      node.signChanges();

      Answer answer = node.responder().respond(OcspQueries.ask(issuer, StatusWorld.GOOD));

      assertThat(OcspQueries.verified(answer, issuer).getResponses()[0].getCertStatus())
          .isInstanceOf(RevokedStatus.class);
    }
  }

  @Test
  void answersFromTheDatabasesCopyWithoutAVaultOfItsOwn() throws Exception {
    StatusWorld.signAll(world.service());
    OcspService reader = world.service(OcspSettings.usual(), new NoSigner(), _ -> Optional.empty());

    reader.look();

    Answer answer = reader.responder().respond(OcspQueries.ask(issuer, StatusWorld.REVOKED));
    assertThat(OcspQueries.verified(answer, issuer).getResponses()).hasSize(1);
  }

  /** The door that a validation node opens, over a port where nobody listens. */
  @Test
  void aValidationNodeOpensWithoutDatabaseAndVault() throws Exception {
    try (OcspService node = node()) {
      StatusWorld.signAll(node);
    }
    var nobody = new org.postgresql.ds.PGSimpleDataSource();
    nobody.setUrl("jdbc:postgresql://127.0.0.1:1/none");
    try (var authority =
        new ValidationAuthority(
            new ValidationAuthority.Surroundings(
                nobody,
                new NoSigner(),
                world.catalog,
                OcspSettings.usual().withFolder(folder),
                world.told::add,
                folder.resolve("lists"),
                false,
                world.clock,
                new SecureRandom()))) {
      authority.start();
      OcspResponder responder = authority.ocsp().responder();

      Answer answer = responder.respond(OcspQueries.ask(issuer, StatusWorld.REVOKED));
      assertThat(OcspQueries.verified(answer, issuer).getResponses()).hasSize(1);
      assertThat(
              OcspQueries.outcome(
                  responder.respond(
                      OcspQueries.ask(
                          issuer, de.kreissiegel.ca.x509.SerialNumber.fromHex("dead")))))
          .isEqualTo(OCSPResp.TRY_LATER);
    }
  }

  private OcspService node() {
    return world.service(OcspSettings.usual().withFolder(folder));
  }

  private Path copy() {
    return folder.resolve("ocsp-answers");
  }

  private static void flip(Path file) throws IOException {
    byte[] octets = Files.readAllBytes(file);
    octets[octets.length / 2] ^= 1;
    Files.write(file, octets);
  }

  private byte[] withNonce() throws Exception {
    return OcspQueries.askWith(
        OcspQueries.nonce(32), OcspQueries.id(CertificateID.HASH_SHA1, issuer, StatusWorld.GOOD));
  }

  private Optional<?> nonce(Answer answer) throws Exception {
    return Optional.ofNullable(
        OcspQueries.verified(answer, issuer)
            .getExtension(OCSPObjectIdentifiers.id_pkix_ocsp_nonce));
  }

  private interface Away extends AutoCloseable {
    @Override
    void close();
  }

  private static Away databaseAway() {
    DATABASE.execute("alter table certificate rename to elsewhere");
    DATABASE.execute("alter table ocsp_answers rename to answers_elsewhere");
    return () -> {
      DATABASE.execute("alter table elsewhere rename to certificate");
      DATABASE.execute("alter table answers_elsewhere rename to ocsp_answers");
    };
  }
}
