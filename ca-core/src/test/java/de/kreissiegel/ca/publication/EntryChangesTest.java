package de.kreissiegel.ca.publication;

import static org.assertj.core.api.Assertions.assertThat;

import de.kreissiegel.ca.inventory.StoredCertificate;
import de.kreissiegel.ca.issuance.House;
import de.kreissiegel.ca.profile.ProfileName;
import de.kreissiegel.ca.publication.OutboxQueue.Errand;
import de.kreissiegel.ca.publication.OutboxQueue.Target;
import de.kreissiegel.ca.publication.ValueChange.Form;
import de.kreissiegel.ca.storage.TestDatabase;
import de.kreissiegel.hsm.signing.Bytes;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.cms.CMSObjectIdentifiers;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cms.CMSAbsentContent;
import org.bouncycastle.cms.CMSSignedData;
import org.bouncycastle.cms.CMSSignedDataGenerator;
import org.bouncycastle.cms.jcajce.JcaSignerInfoGeneratorBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class EntryChangesTest {
  @RegisterExtension static final TestDatabase DATABASE = TestDatabase.fresh();

  private static final PublicationRules WITH_MESSAGES =
      new PublicationRules(true, false, PublicationRules.USUAL_LIST, Duration.ofDays(30), false);

  private static House house;
  private static StoredCertificate encryption;
  private static StoredCertificate signature;

  @BeforeAll
  static void issue() throws Exception {
    house = new House(DATABASE);
    encryption = issued("smime");
    signature = issued("mail-signature");
  }

  private static StoredCertificate issued(String profile) throws Exception {
    return house.certificateOf(house.approved(house.anna, new ProfileName(profile)));
  }

  @Test
  void writesACertificateByItselfWhereNothingMoreIsWanted() {
    for (StoredCertificate certificate : List.of(encryption, signature)) {
      assertThat(changes(certificate, Outbox.Task.PUBLISH, PublicationRules.USUAL))
          .containsExactly(ValueChange.ofCertificate(certificate.encoded(), true));
    }
  }

  @Test
  void writesAMessageOfAnEncryptionCertificateAndOfNoOther() {
    assertThat(changes(encryption, Outbox.Task.PUBLISH, WITH_MESSAGES))
        .extracting(ValueChange::form)
        .containsExactly(Form.CERTIFICATE, Form.SMIME_MESSAGE);
    assertThat(changes(signature, Outbox.Task.PUBLISH, WITH_MESSAGES))
        .extracting(ValueChange::form)
        .containsExactly(Form.CERTIFICATE);
  }

  @Test
  void keepsOutWhatItsProfileDoesNotPublish() throws Exception {
    StoredCertificate login = issued("authentication");
    assertThat(changes(login, Outbox.Task.PUBLISH, WITH_MESSAGES))
        .isNotEmpty()
        .noneMatch(ValueChange::present);
  }

  @Test
  void takesBothFormsOutAlsoWhereMessagesArentWantedAnyMore() {
    assertThat(changes(encryption, Outbox.Task.WITHDRAW, PublicationRules.USUAL))
        .hasSize(2)
        .noneMatch(ValueChange::present);
  }

  @Test
  void makesAMessageOfTheWholeChainTheHoldersCertificateFirstWithoutContentOrSigner()
      throws Exception {
    Bytes message = message();
    var cms = new CMSSignedData(message.toArray());

    assertThat(cms.getSignerInfos().size()).isZero();
    assertThat(cms.getSignedContent()).isNull();
    assertThat(cms.getSignedContentTypeOID()).isEqualTo(CMSObjectIdentifiers.data.getId());
    List<Bytes> certificates = new ArrayList<>();
    for (X509CertificateHolder one : cms.getCertificates().getMatches(null)) {
      certificates.add(Bytes.of(one.getEncoded()));
    }
    List<Bytes> chain = new ArrayList<>(List.of(encryption.encoded()));
    var issuer = house.authorities.get(encryption.authority());
    chain.add(issuer.certificate());
    chain.addAll(issuer.chain());
    assertThat(certificates).containsExactlyElementsOf(chain);
  }

  @Test
  void makesTheSameMessageEachTimeSoThatItCanBeTakenOutAgain() {
    assertThat(message()).isEqualTo(message());
    assertThat(message().toArray()[1]).as("definite length").isNotEqualTo((byte) 0x80);
  }

  @Test
  void tellsItsOwnMessagesFromOthers() throws Exception {
    ValueChange gone = ValueChange.withoutMessage(encryption.encoded());

    assertThat(gone.isAbout(message())).isTrue();
    assertThat(gone.isAbout(SmimeMessage.of(encryption.encoded(), List.of())))
        .as("of another chain")
        .isTrue();
    assertThat(gone.isAbout(SmimeMessage.of(signature.encoded(), List.of(encryption.encoded()))))
        .as("of another certificate, with ours behind it")
        .isFalse();
    assertThat(gone.isAbout(signedBySomebody(encryption.encoded()))).as("signed").isFalse();
    assertThat(gone.isAbout(encryption.encoded())).isFalse();
    assertThat(gone.isAbout(Bytes.of(new byte[0]))).isFalse();
    assertThat(gone.isAbout(Bytes.of(new byte[] {0x30, (byte) 0x84, 0x7f, 0, 0, 0}))).isFalse();
  }

  /** As a mail program writes it: with a signer. */
  private static Bytes signedBySomebody(Bytes certificate) throws Exception {
    KeyPairGenerator keys = KeyPairGenerator.getInstance("EC");
    keys.initialize(256);
    var generator = new CMSSignedDataGenerator();
    generator.addCertificate(new X509CertificateHolder(certificate.toArray()));
    generator.addSignerInfoGenerator(
        new JcaSignerInfoGeneratorBuilder(new JcaDigestCalculatorProviderBuilder().build())
            .build(
                new JcaContentSignerBuilder("SHA256withECDSA")
                    .build(keys.generateKeyPair().getPrivate()),
                new byte[] {1}));
    return Bytes.of(generator.generate(new CMSAbsentContent()).getEncoded());
  }

  private static Bytes message() {
    return changes(encryption, Outbox.Task.PUBLISH, WITH_MESSAGES).getLast().value();
  }

  private static List<ValueChange> changes(
      StoredCertificate certificate, Outbox.Task task, PublicationRules rules) {
    var target =
        new Target(
            certificate.subject().orElseThrow(), certificate.authority(), certificate.serial());
    return new EntryChanges(house.certificates, house.profiles, house.authorities, house.clock)
        .of(List.of(new Errand(1, task, target, 1)), rules)
        .getFirst()
        .changes();
  }
}
