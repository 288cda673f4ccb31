package de.kreissiegel.ca.settings;

import de.kreissiegel.hsm.signing.Bytes;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.CMSSignedData;
import org.bouncycastle.cms.CMSSignedDataGenerator;
import org.bouncycastle.cms.SignerInformation;
import org.bouncycastle.cms.jcajce.JcaSignerInfoGeneratorBuilder;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoVerifierBuilder;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;
import org.bouncycastle.util.Store;

/**
 * Somebody's consent to a sheet.
 *
 * @param cms SignedData (RFC 5652 §5), DER, without the sheet in it
 */
public record SettingsConsent(Bytes cms) {
  /** None of ours comes near. */
  private static final int LARGEST = 64 << 10;

  private static final BouncyCastleProvider BOUNCY_CASTLE = new BouncyCastleProvider();

  /**
   * Consents.
   *
   * @param key EC or RSA
   * @param certificate of that key; what it says doesn't count, its key does
   * @throws GeneralSecurityException if nobody can sign with such a key
   */
  public static SettingsConsent to(SettingsSheet sheet, PrivateKey key, X509Certificate certificate)
      throws GeneralSecurityException {
    try {
      String algorithm =
          key.getAlgorithm().equals("RSA") ? "SHA256withRSAandMGF1" : "SHA256withECDSA";
      var generator = new CMSSignedDataGenerator();
      generator.addSignerInfoGenerator(
          new JcaSignerInfoGeneratorBuilder(
                  new JcaDigestCalculatorProviderBuilder().setProvider(BOUNCY_CASTLE).build())
              .build(
                  new JcaContentSignerBuilder(algorithm).setProvider(BOUNCY_CASTLE).build(key),
                  certificate));
      generator.addCertificate(new X509CertificateHolder(certificate.getEncoded()));
      var content = new CMSProcessableByteArray(sheet.octets().toArray());
      return new SettingsConsent(Bytes.of(generator.generate(content, false).getEncoded("DER")));
    } catch (OperatorCreationException | CMSException | IOException unusable) {
      throw new GeneralSecurityException("this key can't sign a consent", unusable);
    }
  }

  /**
   * Whose it is.
   *
   * @return SHA-256 of the SubjectPublicKeyInfo of the key that signed this sheet; empty if it is
   *     no consent, or to another sheet
   */
  public Optional<Bytes> giver(SettingsSheet sheet) {
    if (cms.length() > LARGEST) {
      return Optional.empty();
    }
    try {
      var signed =
          new CMSSignedData(new CMSProcessableByteArray(sheet.octets().toArray()), cms.toArray());
      Collection<SignerInformation> signers = signed.getSignerInfos().getSigners();
      return signers.size() == 1
          ? giver(signers.iterator().next(), signed.getCertificates())
          : Optional.empty();
    } catch (CMSException
        | GeneralSecurityException
        | OperatorCreationException
        | IOException
        | RuntimeException none) {
      return Optional.empty();
    }
  }

  @SuppressWarnings("unchecked") // the type of what a SID selects is Bouncy Castle's to know
  private static Optional<Bytes> giver(
      SignerInformation signer, Store<X509CertificateHolder> certificates)
      throws GeneralSecurityException, CMSException, OperatorCreationException, IOException {
    List<X509CertificateHolder> own = List.copyOf(certificates.getMatches(signer.getSID()));
    if (own.size() != 1) {
      return Optional.empty();
    }
    var certificate =
        new JcaX509CertificateConverter().setProvider(BOUNCY_CASTLE).getCertificate(own.getFirst());
    boolean valid =
        signer.verify(
            new JcaSimpleSignerInfoVerifierBuilder()
                .setProvider(BOUNCY_CASTLE)
                .build(certificate.getPublicKey()));
    // Encoded anew: a point may be written in several forms, and whoever signed is one person.
    return valid
        ? Optional.of(Bytes.of(certificate.getPublicKey().getEncoded()).sha256())
        : Optional.empty();
  }
}
