package de.kreissiegel.ra.mail;

import de.kreissiegel.ca.refusal.Refused;
import de.kreissiegel.ra.identity.StoredIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Clock;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.cms.Attribute;
import org.bouncycastle.asn1.cms.AttributeTable;
import org.bouncycastle.asn1.cms.CMSAttributes;
import org.bouncycastle.asn1.cms.Time;
import org.bouncycastle.cert.jcajce.JcaCertStore;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.CMSSignedDataGenerator;
import org.bouncycastle.cms.DefaultSignedAttributeTableGenerator;
import org.bouncycastle.cms.jcajce.JcaSignerInfoGeneratorBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;

/**
 * Keeps the certificate good by which the system signs its mails: makes it when the first one is
 * sent, and renews it after two thirds of its life.
 */
public final class MailCertificate implements MailSigner {
  private static final int RFC822_NAME = 1;

  private final Path file;
  private final String address;
  private final X509Certificate anchor;
  private final Issuer issuer;
  private final Clock clock;
  private final SecureRandom random;
  private Optional<StoredIdentity> known = Optional.empty();

  /** Who issues it. */
  @FunctionalInterface
  public interface Issuer {
    /** A certificate for this key and address, with its chain up to, but without, the root. */
    List<X509Certificate> issue(PublicKey key, String address) throws Refused;
  }

  /**
   * @param file where key and certificate lie
   * @param address where mails come from
   * @param anchor the root's certificate: what lies there from another root is of no use
   */
  public MailCertificate(
      Path file,
      String address,
      X509Certificate anchor,
      Issuer issuer,
      Clock clock,
      SecureRandom random) {
    this.file = file;
    this.address = address;
    this.anchor = anchor;
    this.issuer = issuer;
    this.clock = clock;
    this.random = random;
  }

  /** The one that signs now. */
  public synchronized StoredIdentity current()
      throws Refused, IOException, GeneralSecurityException {
    StoredIdentity identity =
        known
            .filter(this::isGood)
            .or(() -> StoredIdentity.read(file).filter(this::isGood))
            .orElse(null);
    if (identity == null) {
      identity = renewed();
    }
    known = Optional.of(identity);
    return identity;
  }

  private boolean isGood(StoredIdentity identity) {
    return identity.isFresh(clock.instant())
        && identity.names(RFC822_NAME).equals(Set.of(address))
        && identity.chainsTo(anchor);
  }

  private StoredIdentity renewed() throws Refused, IOException, GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"), random);
    KeyPair pair = generator.generateKeyPair();
    var identity = new StoredIdentity(pair.getPrivate(), issuer.issue(pair.getPublic(), address));
    Files.createDirectories(file.toAbsolutePath().getParent());
    identity.write(file);
    return identity;
  }

  @Override
  public byte[] sign(byte[] content) throws Refused, IOException, GeneralSecurityException {
    StoredIdentity identity = current();
    try {
      var generator = new CMSSignedDataGenerator();
      generator.addSignerInfoGenerator(
          new JcaSignerInfoGeneratorBuilder(new JcaDigestCalculatorProviderBuilder().build())
              .setSignedAttributeGenerator(new DefaultSignedAttributeTableGenerator(now()))
              .build(
                  new JcaContentSignerBuilder("SHA256withECDSA").build(identity.key()),
                  identity.certificate()));
      generator.addCertificates(new JcaCertStore(identity.chain()));
      return generator.generate(new CMSProcessableByteArray(content), false).getEncoded("DER");
    } catch (OperatorCreationException | CMSException unsigned) {
      throw new GeneralSecurityException(unsigned);
    }
  }

  /** The time of the signature, by the house's clock. */
  private AttributeTable now() {
    return new AttributeTable(
        new Attribute(CMSAttributes.signingTime, new DERSet(new Time(Date.from(clock.instant())))));
  }
}
