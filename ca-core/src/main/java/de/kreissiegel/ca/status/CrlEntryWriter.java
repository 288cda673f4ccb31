package de.kreissiegel.ca.status;

import de.kreissiegel.ca.x509.RevocationReason;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.Optional;

/**
 * Writes the entries of a CRL (RFC 5280 §5.3), each as it comes: a million of them are 50 megabytes
 * here, and a gigabyte and more as objects.
 */
final class CrlEntryWriter {
  /** SEQUENCE { id-ce-cRLReasons, OCTET STRING { ENUMERATED n } }, n to be set. */
  private static final byte[] REASON = {
    0x30, 0x0a, 0x06, 0x03, 0x55, 0x1d, 0x15, 0x04, 0x03, 0x0a, 0x01, 0x00
  };

  /** SEQUENCE { id-ce-invalidityDate, OCTET STRING { GeneralizedTime } }, the time to follow. */
  private static final byte[] INVALIDITY = {0x30, 0x18, 0x06, 0x03, 0x55, 0x1d, 0x18, 0x04, 0x11};

  private static final int SEQUENCE = 0x30;
  private static final int INTEGER = 0x02;

  private final OutputStream to;
  private final ByteArrayOutputStream entry = new ByteArrayOutputStream(128);
  private final ByteArrayOutputStream extensions = new ByteArrayOutputStream(64);
  private long count;
  private long octets;

  CrlEntryWriter(OutputStream to) {
    this.to = to;
  }

  /** Adds one; they are to come in order of their serial numbers. */
  void add(ListedEntry one) throws IOException {
    entry.reset();
    byte[] serial = integer(one.serial());
    byte[] date = DerTime.of(one.since());
    byte[] more = extensions(one.reason(), one.invalidity());
    Der.head(entry, SEQUENCE, 2 + serial.length + date.length + more.length);
    Der.head(entry, INTEGER, serial.length);
    entry.writeBytes(serial);
    entry.writeBytes(date);
    entry.writeBytes(more);
    entry.writeTo(to);
    count++;
    octets += entry.size();
  }

  long count() {
    return count;
  }

  long octets() {
    return octets;
  }

  private byte[] extensions(RevocationReason reason, Optional<Instant> invalidity) {
    extensions.reset();
    if (reason != RevocationReason.UNSPECIFIED) {
      extensions.write(REASON, 0, REASON.length - 1);
      extensions.write(reason.code());
    }
    if (invalidity.isPresent()) {
      extensions.writeBytes(INVALIDITY);
      extensions.writeBytes(DerTime.generalized(invalidity.get()));
    }
    return extensions.size() == 0 ? new byte[0] : Der.wrap(SEQUENCE, extensions.toByteArray());
  }

  /** The content of an INTEGER: no octet more than the sign needs (X.690 §8.3.2). */
  private static byte[] integer(String hexadecimal) {
    int digits = hexadecimal.length();
    int significant = (digits + 1) / 2;
    int first = digit(hexadecimal, digits % 2 == 0 ? 0 : -1) << 4;
    int padding = first >= 0x80 ? 1 : 0;
    byte[] octets = new byte[significant + padding];
    for (int i = 0; i < significant; i++) {
      int at = digits - 2 * (significant - i);
      octets[padding + i] = (byte) (digit(hexadecimal, at) << 4 | digit(hexadecimal, at + 1));
    }
    return octets;
  }

  private static int digit(String hexadecimal, int at) {
    return at < 0 ? 0 : Character.digit(hexadecimal.charAt(at), 16);
  }
}
