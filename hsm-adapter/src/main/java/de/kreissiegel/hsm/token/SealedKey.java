package de.kreissiegel.hsm.token;

import de.kreissiegel.hsm.signing.KeyAlgorithm;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Set;
import org.bouncycastle.asn1.DERBMPString;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.pkcs.Attribute;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfo;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfoBuilder;
import org.bouncycastle.pkcs.PKCSException;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemReader;
import org.bouncycastle.util.io.pem.PemWriter;

/**
 * A private key under a passphrase, as the package's documentation says.
 *
 * @param algorithm as the text before the octets says; what is inside is compared when it opens
 * @param encrypted EncryptedPrivateKeyInfo, DER
 */
record SealedKey(KeyAlgorithm algorithm, PKCS8EncryptedPrivateKeyInfo encrypted) {
  private static final int LONGEST = 1 << 16;
  private static final String LABEL = "ENCRYPTED PRIVATE KEY";
  private static final Pattern ALGORITHM = Pattern.compile("algorithm: ([A-Za-z0-9-]{1,40})\n");

  static SealedKey seal(KeyAlgorithm algorithm, PrivateKeyInfo key, PassphraseKeys keys)
      throws IOException {
    return new SealedKey(
        algorithm,
        new PKCS8EncryptedPrivateKeyInfoBuilder(named(algorithm, key)).build(keys.encryptor()));
  }

  private static PrivateKeyInfo named(KeyAlgorithm algorithm, PrivateKeyInfo key)
      throws IOException {
    Attribute name =
        new Attribute(
            PKCSObjectIdentifiers.pkcs_9_at_friendlyName,
            new DERSet(new DERBMPString(algorithm.word())));
    return new PrivateKeyInfo(
        key.getPrivateKeyAlgorithm(), key.getPrivateKey().getOctets(), new DERSet(name));
  }

  /**
   * Opens it; a wrong passphrase may also end in octets that are no key.
   *
   * @throws KeyUnreadable if the passphrase doesn't open it, or it was sealed for another algorithm
   */
  PrivateKeyInfo open(PassphraseKeys keys) throws KeyUnreadable {
    PrivateKeyInfo key;
    try {
      key = encrypted.decryptPrivateKeyInfo(keys.decryptors());
    } catch (PKCSException | RuntimeException notOpened) {
      throw new KeyUnreadable("the passphrase doesn't open the key", notOpened);
    }
    if (!name(key).equals(Optional.of(algorithm.word()))) {
      throw new KeyUnreadable("the key's file says another algorithm than the key in it");
    }
    return key;
  }

  private static Optional<String> name(PrivateKeyInfo key) {
    ASN1Set attributes = key.getAttributes();
    if (attributes == null || attributes.size() != 1) {
      return Optional.empty();
    }
    Attribute attribute = Attribute.getInstance(attributes.getObjectAt(0));
    ASN1Encodable[] values = attribute.getAttributeValues();
    return attribute.getAttrType().equals(PKCSObjectIdentifiers.pkcs_9_at_friendlyName)
            && values.length == 1
            && values[0] instanceof DERBMPString word
        ? Optional.of(word.getString())
        : Optional.empty();
  }

  /** The octets of its file: PEM (RFC 7468 §11) with a line of explanatory text (§2) before it. */
  byte[] toFile() throws IOException {
    StringWriter text = new StringWriter();
    text.append("algorithm: ").append(algorithm.word()).append('\n');
    try (PemWriter pem = new PemWriter(text)) {
      pem.writeObject(new PemObject(LABEL, encrypted.getEncoded()));
    }
    return text.toString().getBytes(StandardCharsets.US_ASCII);
  }

  /**
   * Reads a file.
   *
   * @throws IllegalArgumentException if it is not of that form
   */
  static SealedKey ofFile(byte[] octets) {
    if (octets.length > LONGEST) {
      throw new IllegalArgumentException("too long for a sealed key");
    }
    String text = new String(octets, StandardCharsets.US_ASCII);
    Matcher head = ALGORITHM.matcher(text);
    if (!head.lookingAt()) {
      throw new IllegalArgumentException("a sealed key begins with its algorithm");
    }
    try (PemReader pem = new PemReader(new StringReader(text.substring(head.end())))) {
      PemObject object = pem.readPemObject();
      if (object == null || !object.getType().equals(LABEL)) {
        throw new IllegalArgumentException("not a sealed key");
      }
      PKCS8EncryptedPrivateKeyInfo encrypted =
          new PKCS8EncryptedPrivateKeyInfo(object.getContent());
      PassphraseKeys.requireOurs(encrypted.getEncryptionAlgorithm());
      return new SealedKey(KeyAlgorithm.ofWord(head.group(1)), encrypted);
    } catch (IOException | RuntimeException malformed) {
      throw new IllegalArgumentException("not a sealed key", malformed);
    }
  }
}
