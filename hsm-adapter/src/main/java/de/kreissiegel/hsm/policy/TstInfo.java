package de.kreissiegel.hsm.policy;

import static de.kreissiegel.hsm.policy.Rules.require;

import de.kreissiegel.hsm.signing.SigningRefused;
import java.math.BigInteger;
import java.time.Instant;

/** A TSTInfo (RFC 3161 §2.4.2) with a genTime in whole seconds and without extensions. */
record TstInfo(String policy, BigInteger serial, Instant genTime) {
  private static final int LONGEST_SERIAL = 20;
  private static final int LONGEST_NONCE = 32;
  private static final int MOST_SECONDS = 86_400;
  private static final int MOST_PARTS = 999;
  private static final int MILLIS = 0x80;
  private static final int MICROS = 0x81;
  private static final int AUTHORITY = 0xa0;
  private static final int DIRECTORY_NAME = 0xa4;

  static TstInfo read(byte[] octets) throws SigningRefused, NotDer {
    StrictDer.check(octets);
    DerCursor info = new DerCursor(octets).into(DerCursor.SEQUENCE, "TSTInfo");
    if (!TbsCertificate.integer(info, "version").equals(BigInteger.ONE)) {
      throw new NotDer("only time-stamps of version 1 are signed");
    }
    String policy = SignedAttributes.identifier(info, "policy");
    imprint(info.into(DerCursor.SEQUENCE, "messageImprint"));
    DerCursor.Value number = info.next(DerCursor.INTEGER, "serialNumber");
    BigInteger serial = new BigInteger(info.content(number));
    require(
        serial.signum() > 0 && number.length() <= LONGEST_SERIAL,
        "serial-number",
        "the serial number must be positive and of at most 20 octets");
    Instant genTime = Times.generalized(info, "genTime");
    if (info.peek() == DerCursor.SEQUENCE) {
      accuracy(info.into(DerCursor.SEQUENCE, "accuracy"));
    }
    if (info.peek() == DerCursor.BOOLEAN
        && info.content(info.next(DerCursor.BOOLEAN, "ordering"))[0] == 0) {
      throw new NotDer("ordering FALSE is the default and must not be written");
    }
    if (info.peek() == DerCursor.INTEGER) {
      require(
          info.next(DerCursor.INTEGER, "nonce").length() <= LONGEST_NONCE,
          "nonce",
          "the nonce has more than 32 octets");
    }
    if (info.peek() == AUTHORITY) {
      DerCursor authority = info.into(AUTHORITY, "tsa").into(DIRECTORY_NAME, "tsa's name");
      authority.next(DerCursor.SEQUENCE, "tsa's name");
      authority.end();
    }
    info.end();
    return new TstInfo(policy, serial, genTime);
  }

  void check(TimeStampRules rules, Instant now) throws SigningRefused {
    require(
        rules.policies().contains(policy),
        "time-stamp-policy",
        "this key makes no time-stamps under " + policy);
    require(
        AttributesCheck.near(genTime, now, rules.clockTolerance()),
        "gen-time",
        "genTime is more than " + rules.clockTolerance() + " from the vault's clock");
  }

  private static void imprint(DerCursor imprint) throws SigningRefused, NotDer {
    var kind = DigestKind.read(imprint, "hashAlgorithm");
    DerCursor.Value hash = imprint.next(DerCursor.OCTET_STRING, "hashedMessage");
    imprint.end();
    require(
        kind.isPresent() && kind.get().octets() == hash.length(),
        "message-imprint",
        "the imprint must be SHA-256, SHA-384 or SHA-512, of the right length");
  }

  private static void accuracy(DerCursor accuracy) throws NotDer {
    if (accuracy.peek() == DerCursor.INTEGER) {
      small(accuracy, DerCursor.INTEGER, 0, MOST_SECONDS);
    }
    if (accuracy.peek() == MILLIS) {
      small(accuracy, MILLIS, 1, MOST_PARTS);
    }
    if (accuracy.peek() == MICROS) {
      small(accuracy, MICROS, 1, MOST_PARTS);
    }
    accuracy.end();
  }

  /** An INTEGER, which may be tagged otherwise: StrictDer has not looked at it then. */
  private static void small(DerCursor cursor, int tag, int least, int most) throws NotDer {
    byte[] octets = cursor.content(cursor.next(tag, "part of accuracy"));
    BigInteger value = octets.length == 0 ? BigInteger.ONE.negate() : new BigInteger(octets);
    if (value.toByteArray().length != octets.length
        || value.compareTo(BigInteger.valueOf(least)) < 0
        || value.compareTo(BigInteger.valueOf(most)) > 0) {
      throw new NotDer("a part of accuracy that isn't one");
    }
  }
}
