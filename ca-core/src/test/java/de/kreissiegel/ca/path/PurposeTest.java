package de.kreissiegel.ca.path;

import static org.assertj.core.api.Assertions.assertThat;

import de.kreissiegel.ca.policyset.PolicySet;
import de.kreissiegel.ca.policyset.TestCertificate;
import java.util.List;
import java.util.Map;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.junit.jupiter.api.Test;

class PurposeTest {
  private static final TestCertificate ROOT = TestCertificate.root("Root").make();
  private static final TestCertificate AUTHORITY = ROOT.authority("Authority").make();
  private static final KeyPurposeId DOCUMENT_SIGNING =
      KeyPurposeId.getInstance(new ASN1ObjectIdentifier("1.3.6.1.5.5.7.3.36"));

  /** A key usage that fits, one that doesn't, and the extended one. */
  private record Fit(int good, int bad, KeyPurposeId extended) {}

  private static final Map<PathPurpose, Fit> FITS =
      Map.of(
          PathPurpose.SERVER,
          new Fit(
              KeyUsage.digitalSignature, KeyUsage.nonRepudiation, KeyPurposeId.id_kp_serverAuth),
          PathPurpose.CLIENT,
          new Fit(
              KeyUsage.digitalSignature, KeyUsage.keyEncipherment, KeyPurposeId.id_kp_clientAuth),
          PathPurpose.MAIL_SIGNATURE,
          new Fit(
              KeyUsage.nonRepudiation, KeyUsage.keyAgreement, KeyPurposeId.id_kp_emailProtection),
          PathPurpose.MAIL_ENCRYPTION,
          new Fit(
              KeyUsage.keyAgreement, KeyUsage.digitalSignature, KeyPurposeId.id_kp_emailProtection),
          PathPurpose.IKE,
          new Fit(KeyUsage.digitalSignature, KeyUsage.keyAgreement, KeyPurposeId.id_kp_ipsecIKE),
          PathPurpose.DOCUMENT_SIGNING,
          new Fit(KeyUsage.nonRepudiation, KeyUsage.keyEncipherment, DOCUMENT_SIGNING),
          PathPurpose.OCSP,
          new Fit(KeyUsage.digitalSignature, KeyUsage.keyAgreement, KeyPurposeId.id_kp_OCSPSigning),
          PathPurpose.TIME_STAMP,
          new Fit(
              KeyUsage.digitalSignature, KeyUsage.keyAgreement, KeyPurposeId.id_kp_timeStamping),
          PathPurpose.APPROVAL,
          new Fit(KeyUsage.digitalSignature, KeyUsage.nonRepudiation, DOCUMENT_SIGNING));

  @Test
  void eachPurposeNeedsItsKeyUsageAndItsExtendedOne() {
    assertThat(FITS).containsOnlyKeys(PathPurpose.values());
    FITS.forEach(
        (purpose, fit) -> {
          boolean critical = purpose == PathPurpose.TIME_STAMP;
          var extended = new ExtendedKeyUsage(fit.extended());
          assertThat(
                  faults(
                      purpose,
                      holder(fit.good()).with(Extension.extendedKeyUsage, critical, extended)))
              .as("%s", purpose)
              .isEmpty();
          assertThat(
                  faults(
                      purpose,
                      holder(fit.bad()).with(Extension.extendedKeyUsage, critical, extended)))
              .as("%s", purpose)
              .containsExactly("purpose.key-usage 0");
          assertThat(faults(purpose, holder(fit.good()).purposes(KeyPurposeId.id_kp_codeSigning)))
              .as("%s", purpose)
              .containsExactly("purpose.extended-key-usage 0");
        });
  }

  @Test
  void someMustBeNamedAndOthersMayBeSilent() {
    for (PathPurpose purpose : PathPurpose.values()) {
      TestCertificate.Draft silent =
          holder(FITS.get(purpose).good()).without(Extension.extendedKeyUsage);
      assertThat(faults(purpose, silent))
          .as("%s", purpose)
          .isEqualTo(purpose.mustBeNamed() ? List.of("purpose.extended-key-usage 0") : List.of());
    }
  }

  @Test
  void anyPurposeIsOneForRfc5280ButNotForTheBsi() {
    TestCertificate any =
        holder(KeyUsage.digitalSignature).purposes(KeyPurposeId.anyExtendedKeyUsage).make();
    Asked asked = Asked.about(any).believing(ROOT).with(AUTHORITY);
    asked.with(PathOptions.under(PolicySet.RFC5280).to(PathPurpose.CLIENT)).valid();
    assertThat(
            asked
                .with(
                    PathOptions.under(PolicySet.BSI_KOMMUNAL)
                        .withoutStatus()
                        .to(PathPurpose.CLIENT))
                .faults())
        .containsExactly("purpose.extended-key-usage 0");
  }

  @Test
  void aTimeStampersPurposeIsCriticalAndAlone() {
    assertThat(
            faults(
                PathPurpose.TIME_STAMP,
                holder(KeyUsage.digitalSignature).purposes(KeyPurposeId.id_kp_timeStamping)))
        .containsExactly("purpose.extended-key-usage 0");
    var two =
        new ExtendedKeyUsage(
            new KeyPurposeId[] {KeyPurposeId.id_kp_timeStamping, KeyPurposeId.id_kp_clientAuth});
    assertThat(
            faults(
                PathPurpose.TIME_STAMP,
                holder(KeyUsage.digitalSignature).with(Extension.extendedKeyUsage, true, two)))
        .containsExactly("purpose.extended-key-usage 0");
  }

  @Test
  void anAuthoritysExtendedUsageBoundsWhatIsBelowItButNotForRfc5280() {
    TestCertificate mail =
        ROOT.authority("Mail").purposes(KeyPurposeId.id_kp_emailProtection).make();
    Asked asked = Asked.about(mail.holder("H").make()).believing(ROOT).with(mail);
    asked.with(PathOptions.under(PolicySet.RFC5280).to(PathPurpose.CLIENT)).valid();
    assertThat(
            asked.with(PathOptions.under(PolicySet.COMPATIBILITY).to(PathPurpose.CLIENT)).faults())
        .containsExactly("purpose.extended-key-usage 1");
  }

  @Test
  void anAuthorityIsNoClient() {
    TestCertificate both =
        ROOT.authority("Both").usage(KeyUsage.keyCertSign | KeyUsage.digitalSignature).make();
    Asked asked = Asked.about(both).believing(ROOT);
    asked.with(PathOptions.under(PolicySet.RFC5280).to(PathPurpose.CLIENT)).valid();
    assertThat(
            asked.with(PathOptions.under(PolicySet.COMPATIBILITY).to(PathPurpose.CLIENT)).faults())
        .containsExactly("purpose.authority 0");
  }

  private static TestCertificate.Draft holder(int usage) {
    return AUTHORITY.holder("Holder").usage(usage);
  }

  private static List<String> faults(PathPurpose purpose, TestCertificate.Draft holder) {
    Asked asked =
        Asked.about(holder.make())
            .believing(ROOT)
            .with(AUTHORITY)
            .with(PathOptions.under(PolicySet.RFC5280).to(purpose));
    return asked.verdict() instanceof PathVerdict.Valid ? List.of() : asked.faults();
  }
}
