package de.kreissiegel.ca.path;

import de.kreissiegel.ca.policyset.TestCertificate;
import de.kreissiegel.hsm.signing.Bytes;
import java.math.BigInteger;
import java.security.KeyPair;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x509.CRLNumber;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.cert.X509v2CRLBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A CRL made on the spot, current at {@link TestCertificate#TIME} unless it is spoiled. */
final class TestList {
  private static final Date START = Date.from(Instant.parse("2026-11-30T00:00:00Z"));

  private final TestCertificate issuer;
  private final X509v2CRLBuilder builder;
  private KeyPair signing;
  private Optional<Instant> end = Optional.of(Instant.parse("2026-12-07T00:00:00Z"));
  private String algorithm = "SHA256withECDSA";

  private TestList(TestCertificate issuer) {
    this.issuer = issuer;
    this.signing = issuer.keys();
    this.builder = new X509v2CRLBuilder(issuer.name(), START);
  }

  static TestList of(TestCertificate issuer) {
    return new TestList(issuer).number(7);
  }

  /** An empty one. */
  static Bytes empty(TestCertificate issuer) {
    return of(issuer).make();
  }

  /** One on top of the list with that number. */
  static TestList delta(TestCertificate issuer, int base) {
    return new TestList(issuer)
        .number(8)
        .with(Extension.deltaCRLIndicator, true, new ASN1Integer(base));
  }

  TestList number(int number) {
    return with(Extension.cRLNumber, false, new CRLNumber(BigInteger.valueOf(number)));
  }

  TestList revoke(TestCertificate certificate, int reason) {
    builder.addCRLEntry(certificate.serial(), START, reason);
    return this;
  }

  TestList from(String thisUpdate) {
    builder.setThisUpdate(Date.from(Instant.parse(thisUpdate)));
    return this;
  }

  TestList until(String nextUpdate) {
    end = Optional.of(Instant.parse(nextUpdate));
    return this;
  }

  TestList withoutEnd() {
    end = Optional.empty();
    return this;
  }

  TestList signedBy(KeyPair pair) {
    signing = pair;
    return this;
  }

  TestList signed(String jcaAlgorithm) {
    algorithm = jcaAlgorithm;
    return this;
  }

  TestList with(ASN1ObjectIdentifier id, boolean critical, ASN1Encodable value) {
    try {
      builder.addExtension(id, critical, value);
      return this;
    } catch (java.io.IOException broken) {
      throw new IllegalStateException(broken);
    }
  }

  Bytes make() {
    try {
      end.map(Date::from).ifPresent(builder::setNextUpdate);
      return Bytes.of(
          builder
              .build(
                  new JcaContentSignerBuilder(algorithm)
                      .setProvider(TestCertificate.BOUNCY_CASTLE)
                      .build(signing.getPrivate()))
              .getEncoded());
    } catch (Exception broken) {
      throw new IllegalStateException(issuer.name().toString(), broken);
    }
  }
}
