package de.kreissiegel.ldap.mapping;

import com.unboundid.ldap.sdk.Entry;
import de.kreissiegel.ca.subject.WindowsAccount;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/** The account in an Active Directory, of entries that have one. */
final class WindowsAccounts {
  private static final int HEAD = 8;
  private static final int MOST_PARTS = 15;

  private WindowsAccounts() {}

  /** Empty if the entry has no principal name, or no security identifier that can be read. */
  static Optional<WindowsAccount> of(Entry entry) {
    Optional<String> name =
        Optional.ofNullable(entry.getAttributeValue("userPrincipalName"))
            .filter(value -> !value.isBlank());
    return name.flatMap(
        upn ->
            Optional.ofNullable(entry.getAttributeValueBytes("objectSid"))
                .flatMap(WindowsAccounts::text)
                .map(sid -> new WindowsAccount(upn, sid)));
  }

  /** A SID's octets (MS-DTYP §2.4.2.2) as text (§2.4.2.1); empty if they are none. */
  static Optional<String> text(byte[] octets) {
    if (octets.length < HEAD || octets[0] != 1) {
      return Optional.empty();
    }
    int parts = octets[1] & 0xff;
    if (parts > MOST_PARTS || octets.length != HEAD + 4 * parts) {
      return Optional.empty();
    }
    ByteBuffer buffer = ByteBuffer.wrap(octets);
    long authority = (buffer.getShort(2) & 0xffffL) << 32 | buffer.getInt(4) & 0xffff_ffffL;
    var text = new StringBuilder("S-1-").append(authority);
    buffer.order(ByteOrder.LITTLE_ENDIAN).position(HEAD);
    while (buffer.hasRemaining()) {
      text.append('-').append(Integer.toUnsignedString(buffer.getInt()));
    }
    return Optional.of(text.toString());
  }
}
