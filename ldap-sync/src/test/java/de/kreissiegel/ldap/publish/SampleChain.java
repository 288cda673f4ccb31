package de.kreissiegel.ldap.publish;

import de.kreissiegel.ca.publication.ValueChange;
import de.kreissiegel.hsm.signing.Bytes;
import java.math.BigInteger;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509v2CRLBuilder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** An authority, people's certificates under it, and its lists; for tests. */
public final class SampleChain {
  private final KeyPair authorityKey;
  private final Bytes authority;
  private long serial = 100;

  public SampleChain() throws Exception {
    authorityKey = keys();
    authority = certificate("CN=Sample CA,C=DE", "CN=Sample CA,C=DE", authorityKey, true);
  }

  /** A person's certificate with its key. */
  public record Person(Bytes certificate, KeyPair keys) {}

  /** A key to encrypt to, and its certificate. */
  public Person person(String name) throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    KeyPair keys = generator.generateKeyPair();
    return new Person(certificate("CN=" + name + ",C=DE", "CN=Sample CA,C=DE", keys, false), keys);
  }

  /** Any certificate, quickly made. */
  public Bytes certificate(String name) throws Exception {
    return certificate("CN=" + name + ",C=DE", "CN=Sample CA,C=DE", authorityKey, false);
  }

  public Bytes authority() {
    return authority;
  }

  /** It shall stand there by itself and in a message. */
  public List<ValueChange> inBothForms(Bytes certificate, boolean present) {
    return List.of(
        ValueChange.ofCertificate(certificate, present),
        present
            ? ValueChange.ofMessage(certificate, List.of(authority))
            : ValueChange.withoutMessage(certificate));
  }

  /** A list with so many entries. */
  public Bytes list(int entries) throws Exception {
    var now = new Date();
    var builder = new X509v2CRLBuilder(new X500Name("CN=Sample CA,C=DE"), now);
    builder.setNextUpdate(Date.from(now.toInstant().plusSeconds(86_400)));
    for (int i = 0; i < entries; i++) {
      builder.addCRLEntry(BigInteger.valueOf(serial++), now, 1);
    }
    return Bytes.of(
        builder
            .build(new JcaContentSignerBuilder("SHA256withECDSA").build(authorityKey.getPrivate()))
            .getEncoded());
  }

  private Bytes certificate(String subject, String issuer, KeyPair keys, boolean ofAuthority)
      throws Exception {
    Instant now = Instant.now();
    var builder =
        new JcaX509v3CertificateBuilder(
            new X500Name(issuer),
            BigInteger.valueOf(serial++),
            Date.from(now.minusSeconds(60)),
            Date.from(now.plusSeconds(86_400)),
            new X500Name(subject),
            keys.getPublic());
    builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(ofAuthority));
    builder.addExtension(
        Extension.keyUsage,
        true,
        ofAuthority
            ? new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign)
            : new KeyUsage(KeyUsage.keyEncipherment));
    return Bytes.of(
        builder
            .build(new JcaContentSignerBuilder("SHA256withECDSA").build(authorityKey.getPrivate()))
            .getEncoded());
  }

  private static KeyPair keys() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(256);
    return generator.generateKeyPair();
  }
}
