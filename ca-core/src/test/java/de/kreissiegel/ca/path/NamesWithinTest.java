package de.kreissiegel.ca.path;

import static org.assertj.core.api.Assertions.assertThat;

import de.kreissiegel.hsm.signing.Bytes;
import java.math.BigInteger;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.GeneralSubtree;
import org.bouncycastle.asn1.x509.NameConstraints;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.Test;

class NamesWithinTest {
  private static final X500Name SUBJECT = new X500Name("CN=vpn,O=Landkreis,C=DE");

  @Test
  void withoutConstraintsAnyNameIsWithin() throws Exception {
    NamesWithin any = NamesWithin.of(List.of(authority(null)));
    assertThat(any.fault(name(SUBJECT), dns("anything.example"))).isEmpty();
  }

  @Test
  void aNameMustBeWithinTheConstraintsOfEachAuthorityAbove() throws Exception {
    Bytes state = authority(permitting("freistaat.example"));
    Bytes district = authority(permitting("kreis.freistaat.example"));
    NamesWithin below = NamesWithin.of(List.of(district, state));
    assertThat(below.fault(name(SUBJECT), dns("vpn.kreis.freistaat.example"))).isEmpty();
    assertThat(below.fault(name(SUBJECT), dns("vpn.freistaat.example")))
        .hasValueSatisfying(fault -> assertThat(fault).contains("nameConstraints"));
    assertThat(below.fault(name(SUBJECT), dns("vpn.elsewhere.example"))).isPresent();
    assertThat(below.fault(name(SUBJECT), Optional.empty()))
        .as("other kinds of names are free")
        .isEmpty();
  }

  @Test
  void anExcludedNameIsOutside() throws Exception {
    var excluded =
        new NameConstraints(
            null,
            new GeneralSubtree[] {
              new GeneralSubtree(new GeneralName(new X500Name("O=Landkreis,C=DE")))
            });
    NamesWithin below = NamesWithin.of(List.of(authority(excluded)));
    assertThat(below.fault(name(new X500Name("C=DE,O=Landkreis,CN=vpn")), Optional.empty()))
        .isEmpty();
    assertThat(below.fault(name(new X500Name("O=Landkreis,C=DE,CN=vpn")), Optional.empty()))
        .isPresent();
  }

  private static NameConstraints permitting(String domain) {
    return new NameConstraints(
        new GeneralSubtree[] {new GeneralSubtree(new GeneralName(GeneralName.dNSName, domain))},
        null);
  }

  private static Bytes name(X500Name name) throws Exception {
    return Bytes.of(name.getEncoded());
  }

  private static Optional<Bytes> dns(String host) throws Exception {
    return Optional.of(
        Bytes.of(new GeneralNames(new GeneralName(GeneralName.dNSName, host)).getEncoded()));
  }

  private static Bytes authority(@org.jspecify.annotations.Nullable NameConstraints constraints)
      throws Exception {
    KeyPair pair = KeyPairGenerator.getInstance("EC").generateKeyPair();
    var builder =
        new X509v3CertificateBuilder(
            new X500Name("CN=Root"),
            BigInteger.TEN,
            Date.from(Instant.now()),
            Date.from(Instant.now().plusSeconds(60)),
            new X500Name("CN=CA"),
            SubjectPublicKeyInfo.getInstance(pair.getPublic().getEncoded()));
    if (constraints != null) {
      builder.addExtension(Extension.nameConstraints, true, constraints);
    }
    return Bytes.of(
        builder
            .build(new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate()))
            .getEncoded());
  }
}
