package de.kreissiegel.ca.audit;

import de.kreissiegel.hsm.signing.Bytes;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERUTF8String;

/**
 * The words of an event, which name people, and the salt without which nobody can guess them from
 * their commitment. They are erased together.
 *
 * @param salt 32 octets of chance
 * @param actorName of who acted, for display
 * @param detail how and why
 */
public record SaltedWords(Bytes salt, String actorName, String detail) {
  /** How many octets a salt has. */
  public static final int SALT = 32;

  /**
   * What stands for them in the event's encoding: {@code SHA-256(salt || DER of SEQUENCE {
   * actorName UTF8String, detail UTF8String })}.
   */
  public Bytes commitment() {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(salt.toArray());
      digest.update(
          new DERSequence(
                  new ASN1Encodable[] {new DERUTF8String(actorName), new DERUTF8String(detail)})
              .getEncoded("DER"));
      return Bytes.of(digest.digest());
    } catch (NoSuchAlgorithmException | IOException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
