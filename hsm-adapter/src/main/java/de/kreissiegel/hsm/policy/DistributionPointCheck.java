package de.kreissiegel.hsm.policy;

import static de.kreissiegel.hsm.policy.Rules.require;

import de.kreissiegel.hsm.signing.SigningRefused;

/** Holds an IssuingDistributionPoint to its form and to direct lists (RFC 5280 §5.2.5). */
final class DistributionPointCheck {
  private static final int POINT = 0xa0;
  private static final int FULL_NAME = 0xa0;
  private static final int URI = 0x86;
  private static final int DIRECTORY_NAME = 0xa4;
  private static final int USERS_ONLY = 0x81;
  private static final int AUTHORITIES_ONLY = 0x82;
  private static final int SOME_REASONS = 0x83;
  private static final int INDIRECT = 0x84;
  private static final int ATTRIBUTES_ONLY = 0x85;

  private DistributionPointCheck() {}

  static void check(byte[] octets) throws SigningRefused, NotDer {
    DerCursor point = new DerCursor(octets).into(DerCursor.SEQUENCE, "issuingDistributionPoint");
    require(point.hasMore(), "distribution-point", "an issuing distribution point without content");
    int before = 0;
    int kinds = 0;
    while (point.hasMore()) {
      DerCursor.Value value = point.next();
      int number = value.tag() & 0x1f;
      if (before > 0 && number <= before - 1) {
        throw new NotDer("parts of issuingDistributionPoint out of their order");
      }
      before = number + 1;
      switch (value.tag()) {
        case POINT -> names(point.inside(value));
        case USERS_ONLY, AUTHORITIES_ONLY, ATTRIBUTES_ONLY -> {
          truth(octets, value);
          kinds++;
        }
        case SOME_REASONS -> reasons(octets, value);
        case INDIRECT -> {
          truth(octets, value);
          require(false, "indirect-crl", "the list speaks for other issuers");
        }
        default -> throw new NotDer("issuingDistributionPoint has no such part");
      }
    }
    require(kinds <= 1, "distribution-point", "a list of two kinds of certificate only");
  }

  private static void names(DerCursor point) throws SigningRefused, NotDer {
    require(
        point.peek() == FULL_NAME, "distribution-point", "a distribution point has a full name");
    DerCursor names = point.into(FULL_NAME, "fullName");
    point.end();
    require(names.hasMore(), "distribution-point", "a distribution point has a name");
    while (names.hasMore()) {
      DerCursor.Value name = names.next();
      switch (name.tag()) {
        case URI -> uri(names.content(name));
        case DIRECTORY_NAME -> {
          DerCursor wrapped = names.inside(name);
          wrapped.next(DerCursor.SEQUENCE, "directoryName");
          wrapped.end();
        }
        default ->
            require(
                false, "distribution-point", "a distribution point is named by URI or directory");
      }
    }
  }

  private static void uri(byte[] octets) throws NotDer {
    for (byte octet : octets) {
      if (octet <= ' ' || octet == 0x7f) {
        throw new NotDer("a URI of other than visible characters");
      }
    }
  }

  /** FALSE is the default, which DER leaves out. */
  private static void truth(byte[] octets, DerCursor.Value value) throws NotDer {
    if (value.length() != 1 || octets[value.from()] != -1) {
      throw new NotDer("a flag of issuingDistributionPoint that isn't TRUE");
    }
  }

  /** ReasonFlags is a named BIT STRING: no zero bits at its end (X.690 §11.2.2). */
  private static void reasons(byte[] octets, DerCursor.Value value) throws NotDer {
    int unused = value.length() < 2 || value.length() > 3 ? -1 : octets[value.from()];
    if (unused < 0
        || unused > 7
        || (octets[value.to() - 1] & ((1 << unused) - 1)) != 0
        || (octets[value.to() - 1] & 1 << unused) == 0) {
      throw new NotDer("onlySomeReasons isn't distinguished");
    }
  }
}
