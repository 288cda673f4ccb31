package de.kreissiegel.hsm.policy;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** The canonical form of each primitive type (X.690 §8, §11; times as RFC 5280 §4.1.2.5). */
final class DerPrimitives {
  private static final int NULL = 0x05;
  private static final int ENUMERATED = 0x0a;
  private static final int UTF8_STRING = 0x0c;
  private static final int NUMERIC_STRING = 0x12;
  private static final int PRINTABLE_STRING = 0x13;
  private static final int TELETEX_STRING = 0x14;
  private static final int IA5_STRING = 0x16;
  private static final int VISIBLE_STRING = 0x1a;
  private static final int UNIVERSAL_STRING = 0x1c;
  private static final int BMP_STRING = 0x1e;

  private DerPrimitives() {}

  static void check(byte[] octets, DerCursor.Value value) throws NotDer {
    int from = value.from();
    int length = value.length();
    boolean good =
        switch (value.tag()) {
          case DerCursor.BOOLEAN -> length == 1 && (octets[from] == 0 || octets[from] == -1);
          case DerCursor.INTEGER, ENUMERATED -> shortestInteger(octets, from, length);
          case DerCursor.BIT_STRING -> bitString(octets, from, length);
          case DerCursor.OCTET_STRING, TELETEX_STRING -> true;
          case NULL -> length == 0;
          case DerCursor.OBJECT_IDENTIFIER -> objectIdentifier(octets, from, value.to());
          case UTF8_STRING -> utf8(octets, from, length);
          case PRINTABLE_STRING, NUMERIC_STRING, IA5_STRING, VISIBLE_STRING ->
              ascii(octets, from, value.to());
          case UNIVERSAL_STRING -> length % 4 == 0;
          case BMP_STRING -> length % 2 == 0;
          case DerCursor.UTC_TIME -> time(octets, from, value.to(), 12);
          case DerCursor.GENERALIZED_TIME -> time(octets, from, value.to(), 14);
          default -> false;
        };
    if (!good) {
      throw new NotDer("a value of type %d that isn't distinguished".formatted(value.tag()));
    }
  }

  private static boolean shortestInteger(byte[] octets, int from, int length) {
    if (length < 2) {
      return length == 1;
    }
    boolean needless =
        octets[from] == 0 && octets[from + 1] >= 0 || octets[from] == -1 && octets[from + 1] < 0;
    return !needless;
  }

  private static boolean bitString(byte[] octets, int from, int length) {
    if (length == 0 || octets[from] < 0 || octets[from] > 7) {
      return false;
    }
    int unused = octets[from];
    return length == 1 ? unused == 0 : (octets[from + length - 1] & ((1 << unused) - 1)) == 0;
  }

  private static boolean objectIdentifier(byte[] octets, int from, int to) {
    if (from == to || octets[to - 1] < 0) {
      return false;
    }
    boolean first = true;
    for (int i = from; i < to; i++) {
      if (first && (octets[i] & 0xff) == 0x80) {
        return false;
      }
      first = octets[i] >= 0;
    }
    return true;
  }

  private static boolean utf8(byte[] octets, int from, int length) {
    if (ascii(octets, from, from + length)) {
      return true;
    }
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(octets, from, length));
      return true;
    } catch (CharacterCodingException _) {
      return false;
    }
  }

  private static boolean ascii(byte[] octets, int from, int to) {
    for (int i = from; i < to; i++) {
      if (octets[i] < 0) {
        return false;
      }
    }
    return true;
  }

  private static boolean time(byte[] octets, int from, int to, int digits) {
    if (to - from != digits + 1 || octets[to - 1] != 'Z') {
      return false;
    }
    for (int i = from; i < to - 1; i++) {
      if (octets[i] < '0' || octets[i] > '9') {
        return false;
      }
    }
    return true;
  }
}
