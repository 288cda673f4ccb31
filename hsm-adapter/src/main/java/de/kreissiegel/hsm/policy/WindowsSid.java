package de.kreissiegel.hsm.policy;

import de.kreissiegel.hsm.signing.SigningRefused;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The security identifier of a Windows account in a certificate: in subjectAltName, where officers
 * see it, and for older domain controllers in an extension of Microsoft's own (KB5014754).
 */
final class WindowsSid {
  /** How the name in subjectAltName begins; the identifier follows. */
  static final String PREFIX = "tag:microsoft.com,2022-09-14:sid:";

  /** szOID_NTDS_CA_SECURITY_EXT. */
  static final String EXTENSION = "1.3.6.1.4.1.311.25.2";

  /** szOID_NTDS_OBJECTSID. */
  private static final String OBJECT_SID = "1.3.6.1.4.1.311.25.2.1";

  private static final Pattern DOMAIN_ACCOUNT = Pattern.compile("S-1-5-21(-[0-9]{1,10}){4}");
  private static final int OTHER_NAME = 0xa0;

  private WindowsSid() {}

  static boolean isName(String text) {
    return text.startsWith(PREFIX)
        && DOMAIN_ACCOUNT.matcher(text.substring(PREFIX.length())).matches();
  }

  /** The extension says nothing but what subjectAltName says: nobody approves what nobody sees. */
  static void check(byte[] extension, List<AlternativeName> names, KindRefusal refusal)
      throws SigningRefused, NotDer {
    DerCursor cursor = new DerCursor(extension);
    DerCursor list = cursor.into(DerCursor.SEQUENCE, "the SID extension");
    cursor.end();
    DerCursor other = list.into(OTHER_NAME, "the SID's name");
    list.end();
    String type = ObjectIdentifiers.next(other, "the SID's type");
    DerCursor wrapped = other.into(OTHER_NAME, "the SID's value");
    other.end();
    byte[] sid = wrapped.content(wrapped.next(DerCursor.OCTET_STRING, "the SID"));
    wrapped.end();
    Optional<String> named =
        names.stream()
            .filter(name -> name.form().equals(Optional.of(NameForm.SID)))
            .map(name -> name.text().substring(PREFIX.length()))
            .findFirst();
    refusal.require(
        type.equals(OBJECT_SID)
            && named.isPresent()
            && named.get().equals(new String(sid, StandardCharsets.US_ASCII)),
        "windows-sid",
        "the SID extension must say the security identifier that subjectAltName says");
  }
}
