package de.kreissiegel.hsm.approval;

import de.kreissiegel.hsm.policy.DistinguishedEncoding;
import de.kreissiegel.hsm.signing.Bytes;
import java.io.IOException;
import java.util.Arrays;
import java.util.function.Function;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Object;

/** Octets to values and back, distinguished and bounded. */
final class Der {
  /** No evidence is larger. */
  static final int LARGEST = 64 << 10;

  private Der() {}

  /** Reads with the library. */
  @FunctionalInterface
  interface Reader<T> {
    T read(byte[] octets);
  }

  static Bytes encoded(ASN1Encodable value) {
    try {
      return Bytes.of(value.toASN1Primitive().getEncoded("DER"));
    } catch (IOException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** A part of what was read, of which the library's reader must lose nothing either. */
  static <T extends ASN1Object> T part(
      String what, ASN1Encodable part, Function<ASN1Encodable, T> reader) throws MalformedEvidence {
    try {
      T value = reader.apply(part);
      // The whole was DER, so the part as it came is its DER.
      if (Arrays.equals(value.getEncoded("DER"), part.toASN1Primitive().getEncoded())) {
        return value;
      }
    } catch (IOException | RuntimeException _) {
      // As below.
    }
    throw new MalformedEvidence(what + " can't be read");
  }

  /** One value that fills the octets, and of which the library's reader lost nothing. */
  static <T extends ASN1Object> T read(String what, Bytes octets, Reader<T> reader)
      throws MalformedEvidence {
    byte[] copy = octets.toArray();
    if (!DistinguishedEncoding.accepts(copy, LARGEST)) {
      throw new MalformedEvidence(what + " is not DER, or more than " + LARGEST + " octets");
    }
    try {
      T value = reader.read(copy);
      if (Arrays.equals(value.getEncoded("DER"), copy)) {
        return value;
      }
    } catch (IOException | RuntimeException _) {
      // Bouncy Castle throws many kinds; all mean the same here.
    }
    throw new MalformedEvidence(what + " can't be read");
  }
}
