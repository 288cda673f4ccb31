package de.kreissiegel.hsm.policy;

import java.io.IOException;
import java.util.Arrays;
import org.bouncycastle.asn1.ASN1Object;

/** Reads an extension's value into the library's type, and makes sure that nothing was lost. */
final class Parsed {
  private Parsed() {}

  /** Reads. */
  @FunctionalInterface
  interface Reader<T> {
    T read();
  }

  static <T extends ASN1Object> T of(String what, byte[] value, Reader<T> reader) throws NotDer {
    try {
      T parsed = reader.read();
      if (!Arrays.equals(parsed.getEncoded("DER"), value)) {
        throw new NotDer(what + " is not as DER would write it");
      }
      return parsed;
    } catch (IOException | RuntimeException _) {
      throw new NotDer(what + " can't be read");
    }
  }
}
