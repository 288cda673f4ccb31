package de.kreissiegel.ca.revocation;

import static de.kreissiegel.ca.inventory.SampleCertificate.NOW;

import de.kreissiegel.ca.authority.Authority;
import de.kreissiegel.ca.authority.AuthorityName;
import de.kreissiegel.ca.inventory.CertificateStatus;
import de.kreissiegel.ca.x509.SerialNumber;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.KeyId;
import java.math.BigInteger;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.CRLNumber;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.cert.X509v2CRLBuilder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * An authority with a key at hand, which signs lists.
 *
 * @param authority as others see it
 * @param pair its key
 */
record SigningAuthority(Authority authority, KeyPair pair) {
  static SigningAuthority named(AuthorityName name) {
    try {
      var generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(256);
      KeyPair pair = generator.generateKeyPair();
      var dn = new X500Name("CN=" + name);
      var end = NOW.plus(Duration.ofDays(1000));
      byte[] certificate =
          new JcaX509v3CertificateBuilder(
                  dn, BigInteger.ONE, Date.from(NOW), Date.from(end), dn, pair.getPublic())
              .build(new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate()))
              .getEncoded();
      return new SigningAuthority(
          new Authority(
              name,
              Bytes.of(certificate),
              List.of(),
              new KeyId(name.value()),
              Optional.empty(),
              Bytes.of(dn.getEncoded()),
              Bytes.of(new byte[] {1}),
              end),
          pair);
    } catch (Exception impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** A full list without a number, as a plain tool would make it. */
  Bytes list(Map<SerialNumber, CertificateStatus> entries) {
    return list(entries, OptionalLong.empty(), OptionalLong.empty());
  }

  /**
   * @param base of a delta list
   */
  Bytes list(Map<SerialNumber, CertificateStatus> entries, OptionalLong number, OptionalLong base) {
    try {
      var list = new X509v2CRLBuilder(new X500Name("CN=" + authority.name()), Date.from(NOW));
      if (number.isPresent()) {
        list.addExtension(
            Extension.cRLNumber, false, new CRLNumber(BigInteger.valueOf(number.getAsLong())));
      }
      if (base.isPresent()) {
        list.addExtension(
            Extension.deltaCRLIndicator, true, new CRLNumber(BigInteger.valueOf(base.getAsLong())));
      }
      entries.forEach(
          (serial, status) -> {
            switch (status) {
              case CertificateStatus.OnHold held ->
                  list.addCRLEntry(
                      serial.value(), Date.from(held.since()), CRLReason.certificateHold);
              case CertificateStatus.Revoked revoked ->
                  list.addCRLEntry(
                      serial.value(), Date.from(revoked.since()), revoked.reason().code());
              case CertificateStatus.Good _ -> throw new IllegalArgumentException("good");
            }
          });
      return Bytes.of(
          list.build(new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate()))
              .getEncoded());
    } catch (Exception impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
