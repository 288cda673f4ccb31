package de.kreissiegel.hsm.policy;

import static de.kreissiegel.hsm.policy.Rules.require;

import de.kreissiegel.hsm.signing.SigningRefused;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;

/**
 * The entries of a revocation list (RFC 5280 §5.3), each read where it lies. There may be millions:
 * nothing is kept of one but its place in the count, unless it is watched.
 */
final class ListEntries {
  private static final int LONGEST_SERIAL = 20;
  private static final byte[] REASON = {0x55, 0x1d, 0x15};
  private static final byte[] INVALIDITY = {0x55, 0x1d, 0x18};
  private static final byte[] CERTIFICATE_ISSUER = {0x55, 0x1d, 0x1d};
  private static final int ENUMERATED = 0x0a;
  private static final int REMOVE_FROM_LIST = 8;
  private static final int HIGHEST_REASON = 10;

  private final Predicate<BigInteger> watched;
  private final Map<BigInteger, Integer> listed = new HashMap<>();
  private long count;
  private boolean removals;
  private boolean invalidities;

  ListEntries(Predicate<BigInteger> watched) {
    this.watched = watched;
  }

  long count() {
    return count;
  }

  Map<BigInteger, Integer> listed() {
    return listed;
  }

  void check(ListScope scope, ListForms forms) throws SigningRefused {
    require(
        forms.invalidity() || !invalidities,
        "invalidity-date",
        "entries of this key's lists don't say since when a key is not to be trusted");
    require(scope.delta() || !removals, "reason-code", "only a delta takes entries off a list");
  }

  void entry(byte[] octets, int from, int to) throws SigningRefused, NotDer {
    DerCursor entry =
        new DerCursor(octets, from, to).into(DerCursor.SEQUENCE, "revoked certificate");
    DerCursor.Value serial = entry.next(DerCursor.INTEGER, "userCertificate");
    DerPrimitives.check(octets, serial);
    int first = octets[serial.from()];
    require(
        serial.length() <= LONGEST_SERIAL && (first > 0 || first == 0 && serial.length() > 1),
        "serial-number",
        "serial numbers are positive and of at most 20 octets");
    Times.check(octets, entry.next(), "revocationDate");
    int reason = entry.hasMore() ? extensions(octets, entry) : 0;
    entry.end();
    count++;
    BigInteger number = new BigInteger(octets, serial.from(), serial.length());
    if (watched.test(number)) {
      require(listed.put(number, reason) == null, "entry-twice", "a serial number is listed twice");
    }
  }

  private int extensions(byte[] octets, DerCursor entry) throws SigningRefused, NotDer {
    DerCursor all = entry.into(DerCursor.SEQUENCE, "crlEntryExtensions");
    if (!all.hasMore()) {
      throw new NotDer("an empty list of extensions");
    }
    int reason = 0;
    boolean invalidity = false;
    while (all.hasMore()) {
      DerCursor one = all.into(DerCursor.SEQUENCE, "extension");
      DerCursor.Value id = one.next(DerCursor.OBJECT_IDENTIFIER, "extension's identifier");
      DerCursor.Value flag = one.next();
      if (flag.tag() == DerCursor.BOOLEAN) {
        DerPrimitives.check(octets, flag);
        refuseFlag(octets[flag.from()] != 0);
      } else if (flag.tag() != DerCursor.OCTET_STRING) {
        throw new NotDer("extension's value is missing or of another type");
      }
      one.end();
      DerCursor value = all.inside(flag);
      if (is(octets, id, REASON)) {
        if (reason != 0) {
          throw new NotDer("the reason stands twice");
        }
        reason = reason(octets, value);
      } else if (is(octets, id, INVALIDITY)) {
        if (invalidity) {
          throw new NotDer("the invalidity date stands twice");
        }
        invalidity = true;
        invalidities = true;
        Times.checkGeneralized(octets, value.next(), "invalidityDate");
      } else {
        require(
            !is(octets, id, CERTIFICATE_ISSUER),
            "indirect-crl",
            "an entry speaks for another issuer");
        require(false, "entry-extension", "an entry has an extension that none may have");
      }
      value.end();
    }
    return reason;
  }

  private static void refuseFlag(boolean critical) throws SigningRefused, NotDer {
    require(!critical, "entry-extension", "no extension of an entry is critical");
    throw new NotDer("critical FALSE is the default and must not be written");
  }

  private int reason(byte[] octets, DerCursor value) throws SigningRefused, NotDer {
    DerCursor.Value code = value.next(ENUMERATED, "reasonCode");
    DerPrimitives.check(octets, code);
    int reason = code.length() == 1 ? octets[code.from()] : -1;
    require(
        reason > 0 && reason <= HIGHEST_REASON && reason != 7,
        "reason-code",
        "no such reason; unspecified is told by leaving it out");
    removals |= reason == REMOVE_FROM_LIST;
    return reason;
  }

  private static boolean is(byte[] octets, DerCursor.Value id, byte[] wanted) {
    return Arrays.equals(octets, id.from(), id.to(), wanted, 0, wanted.length);
  }
}
