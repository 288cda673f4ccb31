package de.kreissiegel.hsm.token.pkcs11;

import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.token.TokenSignature;
import de.kreissiegel.hsm.token.TokenUnavailable;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.DigestInfo;

/** Gathers octets, or their digest; the token is asked once, at the end. */
final class SignatureInProgress implements TokenSignature {
  /** What a token can be given at once: what is longer is signed with a digest, or elsewhere. */
  static final int LONGEST_MESSAGE = 64 << 20;

  private final Recipe recipe;
  private final Computation token;
  private final Optional<MessageDigest> digest;
  private final ByteArrayOutputStream message = new ByteArrayOutputStream();

  SignatureInProgress(Recipe recipe, Computation token) {
    this.recipe = recipe;
    this.token = token;
    this.digest = recipe.digest().map(SignatureInProgress::newDigest);
  }

  /** What the token does. */
  interface Computation {
    byte[] on(byte[] octets) throws TokenUnavailable;
  }

  private static MessageDigest newDigest(String name) {
    try {
      return MessageDigest.getInstance(name);
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  @Override
  public void update(byte[] octets, int from, int length) throws TokenUnavailable {
    if (digest.isPresent()) {
      digest.get().update(octets, from, length);
    } else if (message.size() + length > LONGEST_MESSAGE) {
      throw new TokenUnavailable(
          "%s on a token signs at most %d MiB"
              .formatted(recipe.algorithm().word(), LONGEST_MESSAGE >> 20));
    } else {
      message.write(octets, from, length);
    }
  }

  @Override
  public Bytes sign() throws TokenUnavailable {
    byte[] gathered = digest.isPresent() ? digest.get().digest() : message.toByteArray();
    return Bytes.of(
        switch (recipe.form()) {
          case ECDSA -> sequence(token.on(gathered));
          case DIGEST_INFO -> token.on(digestInfo(gathered));
          case DIGEST, MESSAGE -> token.on(gathered);
          case DECRYPTION -> throw new IllegalStateException("the key doesn't sign");
        });
  }

  @Override
  public void abandon() {
    message.reset();
  }

  /** {@code Ecdsa-Sig-Value ::= SEQUENCE { r INTEGER, s INTEGER }} (RFC 3279 §2.2.3). */
  static byte[] sequence(byte[] both) {
    if (both.length == 0 || both.length % 2 != 0) {
      throw new IllegalStateException("the token's signature has " + both.length + " octets");
    }
    int half = both.length / 2;
    ASN1EncodableVector values = new ASN1EncodableVector();
    values.add(new ASN1Integer(new BigInteger(1, Arrays.copyOf(both, half))));
    values.add(new ASN1Integer(new BigInteger(1, Arrays.copyOfRange(both, half, both.length))));
    return der(new DERSequence(values));
  }

  private static byte[] digestInfo(byte[] hash) {
    return der(
        new DigestInfo(
            new AlgorithmIdentifier(
                hash.length == 32
                    ? NISTObjectIdentifiers.id_sha256
                    : NISTObjectIdentifiers.id_sha384,
                DERNull.INSTANCE),
            hash));
  }

  private static byte[] der(org.bouncycastle.asn1.ASN1Object object) {
    try {
      return object.getEncoded("DER");
    } catch (IOException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
