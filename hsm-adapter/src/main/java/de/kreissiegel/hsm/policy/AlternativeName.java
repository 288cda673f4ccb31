package de.kreissiegel.hsm.policy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One name of a subjectAltName (RFC 5280 §4.2.1.6).
 *
 * @param form none if no policy knows it
 * @param text what it says; empty if no policy knows it
 */
record AlternativeName(Optional<NameForm> form, String text) {
  private static final int OTHER_NAME = 0xa0;
  private static final int RFC822_NAME = 0x81;
  private static final int DNS_NAME = 0x82;
  private static final int URI = 0x86;
  private static final String SMTP_UTF8_MAILBOX = "1.3.6.1.5.5.7.8.9";
  private static final String PRINCIPAL_NAME = "1.3.6.1.4.1.311.20.2.3";
  private static final String UUID_PREFIX = "urn:uuid:";

  static List<AlternativeName> read(byte[] extension) throws NotDer {
    DerCursor cursor = new DerCursor(extension);
    DerCursor names = cursor.into(DerCursor.SEQUENCE, "subjectAltName");
    cursor.end();
    if (!names.hasMore()) {
      throw new NotDer("an empty subjectAltName");
    }
    List<AlternativeName> found = new ArrayList<>(4);
    while (names.hasMore()) {
      found.add(one(names));
    }
    return List.copyOf(found);
  }

  private static AlternativeName one(DerCursor names) throws NotDer {
    DerCursor.Value value = names.next();
    return switch (value.tag()) {
      case RFC822_NAME -> new AlternativeName(Optional.of(NameForm.MAIL), ascii(names, value));
      case DNS_NAME -> new AlternativeName(Optional.of(NameForm.DNS), ascii(names, value));
      case URI -> {
        String text = ascii(names, value);
        yield new AlternativeName(Optional.of(uri(text)), text);
      }
      case OTHER_NAME -> other(names.inside(value));
      default -> new AlternativeName(Optional.empty(), "");
    };
  }

  private static NameForm uri(String text) {
    if (text.startsWith(UUID_PREFIX)) {
      return NameForm.ENTRY_UUID;
    }
    return text.startsWith(WindowsSid.PREFIX) ? NameForm.SID : NameForm.URI;
  }

  /** An IA5String under an implicit tag: the tag hides its type from StrictDer. */
  private static String ascii(DerCursor names, DerCursor.Value value) throws NotDer {
    byte[] octets = names.content(value);
    for (byte octet : octets) {
      if (octet < 0) {
        throw new NotDer("a name in subjectAltName that isn't ASCII");
      }
    }
    return new String(octets, StandardCharsets.US_ASCII);
  }

  private static AlternativeName other(DerCursor inside) throws NotDer {
    String type = ObjectIdentifiers.next(inside, "otherName's type");
    DerCursor wrapped = inside.into(OTHER_NAME, "otherName's value");
    inside.end();
    DerCursor.Value value = wrapped.next();
    wrapped.end();
    Optional<NameForm> form =
        switch (type) {
          case SMTP_UTF8_MAILBOX -> Optional.of(NameForm.SMTP_UTF8);
          case PRINCIPAL_NAME -> Optional.of(NameForm.UPN);
          default -> Optional.empty();
        };
    if (form.isEmpty() || value.tag() != SubjectName.UTF8_STRING) {
      return new AlternativeName(Optional.empty(), "");
    }
    return new AlternativeName(form, new String(wrapped.content(value), StandardCharsets.UTF_8));
  }
}
