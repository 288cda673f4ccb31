package de.kreissiegel.ra.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import de.kreissiegel.ca.CertificationAuthority;
import de.kreissiegel.ca.authority.AuthorityName;
import de.kreissiegel.ca.own.OwnCertificate;
import de.kreissiegel.ra.house.BareHouse;
import de.kreissiegel.ra.mail.MailCertificate;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Date;
import org.bouncycastle.asn1.cms.CMSAttributes;
import org.bouncycastle.asn1.cms.Time;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.CMSSignedData;
import org.bouncycastle.cms.SignerInformation;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoVerifierBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The certificate that signs the system's mails. */
class SystemMailTest {
  private static final String FROM = "kreissiegel@pki.example";
  private static final byte[] CONTENT =
      "Content-Type: text/plain\r\n\r\nx".getBytes(StandardCharsets.US_ASCII);

  @TempDir Path folder;

  @Test
  void isMadeAtTheFirstMailAndRenewedByItself() throws Exception {
    try (var house = new BareHouse(folder);
        CertificationAuthority authority = house.open("house", "node")) {
      MailCertificate certificate = certificate(house, authority);
      X509Certificate first = verified(certificate.sign(CONTENT), certificate, house);
      assertThat(first.getSubjectAlternativeNames())
          .singleElement()
          .asList()
          .containsExactly(1, FROM);
      assertThat(first.getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.4");
      assertThat(certificate(house, authority).current().certificate())
          .as("kept over a restart")
          .isEqualTo(first);
      authority.ownCertificates().look();
      assertThat(authority.ownCertificates().all())
          .filteredOn(one -> one.use().value().equals("system-mail"))
          .extracting(OwnCertificate::state)
          .containsExactly(OwnCertificate.State.GOOD);

      house.clock().forward(Duration.ofDays(121));
      X509Certificate second = verified(certificate.sign(CONTENT), certificate, house);
      assertThat(second).isNotEqualTo(first);
      assertThat(second.getPublicKey()).isNotEqualTo(first.getPublicKey());
    }
  }

  private MailCertificate certificate(BareHouse house, CertificationAuthority authority)
      throws Exception {
    return new MailCertificate(
        folder.resolve("web").resolve("mail.pem"),
        FROM,
        root(house),
        MailWiring.issuer(authority, house.authorities()),
        house.clock(),
        new SecureRandom());
  }

  private static X509Certificate root(BareHouse house) throws Exception {
    return Chains.certificate(
        house
            .authorities()
            .issuing(new AuthorityName("devices"), house.clock().instant())
            .orElseThrow()
            .chain()
            .getLast());
  }

  private static X509Certificate verified(
      byte[] signature, MailCertificate certificate, BareHouse house) throws Exception {
    var read = new CMSSignedData(new CMSProcessableByteArray(CONTENT), signature);
    SignerInformation signer = read.getSignerInfos().getSigners().iterator().next();
    X509Certificate by = certificate.current().certificate();
    assertThat(signer.verify(new JcaSimpleSignerInfoVerifierBuilder().build(by))).isTrue();
    assertThat(certificate.current().chainsTo(root(house))).isTrue();
    assertThat(read.getCertificates().getMatches(null)).as("without the root").hasSize(2);
    Date time =
        Time.getInstance(
                signer
                    .getSignedAttributes()
                    .get(CMSAttributes.signingTime)
                    .getAttrValues()
                    .getObjectAt(0))
            .getDate();
    assertThat(time.toInstant())
        .isBetween(house.clock().instant().minusSeconds(2), house.clock().instant());
    return by;
  }
}
