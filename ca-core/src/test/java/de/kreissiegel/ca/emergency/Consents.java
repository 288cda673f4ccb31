package de.kreissiegel.ca.emergency;

import de.kreissiegel.ca.settings.ConsentFolder;
import de.kreissiegel.ca.settings.SettingsConsent;
import de.kreissiegel.ca.settings.SettingsSheet;
import de.kreissiegel.hsm.signing.Bytes;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Two people who may consent to a run, and one who may not. */
final class Consents {
  private static final KeyPair FIRST = pair();
  private static final KeyPair SECOND = pair();
  private static final KeyPair STRANGER = pair();

  private final ConsentFolder folder;

  Consents(Path folder) {
    this.folder = new ConsentFolder(folder);
  }

  /** Somebody who consents. */
  record Person(ConsentFolder folder, KeyPair key) {
    void to(MassOrder order) throws IOException, GeneralSecurityException {
      SettingsSheet sheet = order.sheet();
      folder.keep(sheet, SettingsConsent.to(sheet, key.getPrivate(), certificate(key)));
    }
  }

  Person first() {
    return new Person(folder, FIRST);
  }

  Person second() {
    return new Person(folder, SECOND);
  }

  Person stranger() {
    return new Person(folder, STRANGER);
  }

  MassConsents all() {
    return new MassConsents(folder, Set.of(digest(FIRST), digest(SECOND)));
  }

  /** As the audit trail has them. */
  String names() {
    return Set.of(FIRST, SECOND).stream()
        .map(key -> digest(key).toHex().substring(0, 16))
        .collect(Collectors.toCollection(TreeSet::new))
        .stream()
        .collect(Collectors.joining(" and "));
  }

  private static Bytes digest(KeyPair pair) {
    return Bytes.of(pair.getPublic().getEncoded()).sha256();
  }

  private static KeyPair pair() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(256);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static X509Certificate certificate(KeyPair pair) throws GeneralSecurityException {
    try {
      var name = new X500Name("CN=settings");
      return new JcaX509CertificateConverter()
          .getCertificate(
              new JcaX509v3CertificateBuilder(
                      name,
                      BigInteger.ONE,
                      Date.from(Instant.EPOCH),
                      Date.from(Instant.EPOCH.plusSeconds(1)),
                      name,
                      pair.getPublic())
                  .build(new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate())));
    } catch (OperatorCreationException impossible) {
      throw new GeneralSecurityException(impossible);
    }
  }
}
