package de.kreissiegel.ca.keyfile;

import de.kreissiegel.hsm.signing.Bytes;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.bouncycastle.asn1.DERBMPString;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.Certificate;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.OutputEncryptor;
import org.bouncycastle.pkcs.PKCS12PfxPduBuilder;
import org.bouncycastle.pkcs.PKCS12SafeBag;
import org.bouncycastle.pkcs.PKCS12SafeBagBuilder;
import org.bouncycastle.pkcs.PKCSException;
import org.bouncycastle.pkcs.jcajce.JcePKCS12MacCalculatorBuilder;
import org.bouncycastle.pkcs.jcajce.JcePKCSPBEOutputEncryptorBuilder;

/**
 * Writes keys and their certificates into one PKCS#12 file (RFC 7292): keys and certificates under
 * PBES2 with AES-256-CBC and PBKDF2-HMAC-SHA-256, MAC by HMAC-SHA-256.
 */
public final class KeyFile {
  private static final BouncyCastleProvider PROVIDER = new BouncyCastleProvider();

  /** Passwords have 123 random bits: nobody is slowed down but who opens the file. */
  private static final int ITERATIONS = 10_000;

  private static final AlgorithmIdentifier HMAC_SHA256 =
      new AlgorithmIdentifier(PKCSObjectIdentifiers.id_hmacWithSHA256, DERNull.INSTANCE);

  private KeyFile() {}

  /**
   * A key on its way into the file.
   *
   * @param key PKCS#8, DER; left as it is, the caller wipes it
   * @param certificate its own, DER
   * @param issuers their certificates, DER, the nearest first
   * @param name what programs show it as
   */
  public record Entry(byte[] key, Bytes certificate, List<Bytes> issuers, String name) {
    public Entry {
      issuers = List.copyOf(issuers);
    }

    /** Never the key. */
    @Override
    public String toString() {
      return "Entry[" + name + "]";
    }
  }

  /**
   * Writes it.
   *
   * @param password left as it is; the caller wipes it
   */
  public static Bytes write(List<Entry> entries, char[] password) {
    try {
      List<PKCS12SafeBag> certificates = new ArrayList<>();
      var file = new PKCS12PfxPduBuilder();
      Set<Bytes> issuers = new LinkedHashSet<>();
      for (Entry entry : entries) {
        byte[] id = entry.certificate().sha256().toArray();
        file.addData(
            named(
                new PKCS12SafeBagBuilder(
                    PrivateKeyInfo.getInstance(entry.key()), encryptor(password)),
                entry.name(),
                id));
        certificates.add(
            named(new PKCS12SafeBagBuilder(holder(entry.certificate())), entry.name(), id));
        issuers.addAll(entry.issuers());
      }
      for (Bytes issuer : issuers) {
        certificates.add(new PKCS12SafeBagBuilder(holder(issuer)).build());
      }
      file.addEncryptedData(encryptor(password), certificates.toArray(PKCS12SafeBag[]::new));
      return Bytes.of(
          file.build(
                  new JcePKCS12MacCalculatorBuilder(NISTObjectIdentifiers.id_sha256)
                      .setProvider(PROVIDER)
                      .setIterationCount(ITERATIONS),
                  password)
              .getEncoded("DER"));
    } catch (IOException | OperatorCreationException | PKCSException impossible) {
      throw new IllegalStateException("a PKCS#12 file can't be written", impossible);
    }
  }

  private static PKCS12SafeBag named(PKCS12SafeBagBuilder bag, String name, byte[] id) {
    return bag.addBagAttribute(PKCSObjectIdentifiers.pkcs_9_at_friendlyName, new DERBMPString(name))
        .addBagAttribute(PKCSObjectIdentifiers.pkcs_9_at_localKeyId, new DEROctetString(id))
        .build();
  }

  private static OutputEncryptor encryptor(char[] password) throws OperatorCreationException {
    return new JcePKCSPBEOutputEncryptorBuilder(NISTObjectIdentifiers.id_aes256_CBC)
        .setProvider(PROVIDER)
        .setPRF(HMAC_SHA256)
        .setIterationCount(ITERATIONS)
        .build(password);
  }

  private static Certificate holder(Bytes certificate) throws IOException {
    return new X509CertificateHolder(certificate.toArray()).toASN1Structure();
  }
}
