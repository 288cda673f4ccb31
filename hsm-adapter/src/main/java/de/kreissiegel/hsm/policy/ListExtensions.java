package de.kreissiegel.hsm.policy;

import static de.kreissiegel.hsm.policy.Rules.require;

import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.SigningRefused;
import java.math.BigInteger;
import java.util.Map;
import java.util.Optional;
import org.bouncycastle.asn1.x509.AuthorityInformationAccess;
import org.bouncycastle.asn1.x509.CRLDistPoint;

/**
 * The extensions of a revocation list (RFC 5280 §5.2).
 *
 * @param number the crlNumber
 * @param base of a delta, the number of the list that it changes
 */
record ListExtensions(
    ExtensionList all, ListScope scope, BigInteger number, Optional<BigInteger> base) {
  private static final int LONGEST_NUMBER = 20;
  private static final String DELTA = "2.5.29.27";
  private static final String AUTHORITY_KEY = "2.5.29.35";
  private static final String FRESHEST = "2.5.29.46";
  private static final String EXPIRED_TOO = "2.5.29.60";
  private static final String ISSUER_ACCESS = "1.3.6.1.5.5.7.1.1";

  /** Each that is allowed, and whether it has to be critical. */
  private static final Map<String, Boolean> ALLOWED =
      Map.of(
          AUTHORITY_KEY,
          false,
          ExtensionList.CRL_NUMBER,
          false,
          DELTA,
          true,
          ExtensionList.DISTRIBUTION_POINT,
          true,
          FRESHEST,
          false,
          EXPIRED_TOO,
          false,
          ISSUER_ACCESS,
          false);

  /** Reads {@code [0] Extensions}, which is strict DER already. */
  static ListExtensions read(byte[] octets) throws SigningRefused, NotDer {
    DerCursor wrapped = new DerCursor(octets).into(0xa0, "crlExtensions");
    ExtensionList all = ExtensionList.read(wrapped);
    wrapped.end();
    all.checkValues();
    Optional<BigInteger> base = Optional.empty();
    Optional<ExtensionList.One> delta = all.find(DELTA);
    if (delta.isPresent()) {
      base = Optional.of(number(delta.get().value(), "delta-base", "the number of its base"));
    }
    Optional<ExtensionList.One> number = all.find(ExtensionList.CRL_NUMBER);
    require(number.isPresent(), "crl-number", "the list has no number");
    return new ListExtensions(
        all,
        new ListScope(
            all.find(ExtensionList.DISTRIBUTION_POINT).map(one -> Bytes.of(one.value())),
            delta.isPresent()),
        number(number.orElseThrow().value(), "crl-number", "the list's number"),
        base);
  }

  private static BigInteger number(byte[] value, String rule, String what)
      throws SigningRefused, NotDer {
    DerCursor cursor = new DerCursor(value);
    require(cursor.peek() == DerCursor.INTEGER, rule, what + " is no integer");
    byte[] octets = cursor.content(cursor.next());
    require(
        octets.length <= LONGEST_NUMBER && octets[0] >= 0,
        rule,
        what + " must not be negative nor of more than 20 octets");
    return new BigInteger(octets);
  }

  void check(ListRules rules) throws SigningRefused, NotDer {
    for (Map.Entry<String, ExtensionList.One> one : all.all().entrySet()) {
      Boolean critical = ALLOWED.get(one.getKey());
      require(critical != null, "list-extension", "no list has the extension " + one.getKey());
      require(
          one.getValue().critical() == Boolean.TRUE.equals(critical),
          "list-extension-critical",
          one.getKey()
              + (one.getValue().critical() ? " must not be critical" : " must be critical"));
    }
    authorityKey(rules.authorityKeyId());
    Optional<ExtensionList.One> point = all.find(ExtensionList.DISTRIBUTION_POINT);
    if (point.isPresent()) {
      DistributionPointCheck.check(point.get().value());
    }
    others();
    forms(rules.forms());
    if (base.isPresent()) {
      require(
          base.get().compareTo(number) < 0,
          "delta-base",
          "a delta's number must be larger than its base's");
      require(
          all.find(FRESHEST).isEmpty(), "list-extension", "a delta must not name another delta");
    }
  }

  /** RFC 5280 §5.2.1; issuer and serial number beside the key's identifier say nothing more. */
  private void authorityKey(Optional<Bytes> wanted) throws SigningRefused, NotDer {
    Optional<ExtensionList.One> found = all.find(AUTHORITY_KEY);
    if (found.isEmpty()) {
      require(wanted.isEmpty(), "authority-key-id", "the list doesn't name the key that signs it");
      return;
    }
    DerCursor parts = new DerCursor(found.get().value()).into(DerCursor.SEQUENCE, "AKI");
    DerCursor.Value id = parts.next(0x80, "keyIdentifier");
    Bytes given = Bytes.of(parts.content(id));
    parts.end();
    require(
        wanted.isEmpty() || wanted.get().equals(given),
        "authority-key-id",
        "the list names another key than the one that signs it");
  }

  private void others() throws NotDer {
    Optional<ExtensionList.One> access = all.find(ISSUER_ACCESS);
    if (access.isPresent()) {
      byte[] value = access.get().value();
      Parsed.of("authorityInfoAccess", value, () -> AuthorityInformationAccess.getInstance(value));
    }
    Optional<ExtensionList.One> freshest = all.find(FRESHEST);
    if (freshest.isPresent()) {
      byte[] value = freshest.get().value();
      Parsed.of("freshestCRL", value, () -> CRLDistPoint.getInstance(value));
    }
    Optional<ExtensionList.One> expired = all.find(EXPIRED_TOO);
    if (expired.isPresent()) {
      Times.generalized(new DerCursor(expired.get().value()), "expiredCertsOnCRL");
    }
  }

  private void forms(ListForms forms) throws SigningRefused {
    require(
        scope.distributionPoint().isEmpty() || forms.allowsPlace(scope.distributionPoint().get()),
        "distribution-point",
        "none of this key's lists is at that place");
    require(
        base.isEmpty() || forms.deltas() != ListForms.Deltas.NONE,
        "delta",
        "this key signs no deltas");
    Optional<ExtensionList.One> freshest = all.find(FRESHEST);
    require(
        freshest.isEmpty()
            || forms.allowsFreshest(scope.distributionPoint(), Bytes.of(freshest.get().value())),
        "freshest-crl",
        "the list names a delta that is none of its own");
    require(
        all.find(EXPIRED_TOO).isEmpty() || forms.expired(),
        "expired-certificates",
        "lists of this key don't keep what has expired");
  }

  /** A delta changes a full list that is there. */
  void checkBase(ListForms forms, LastNumbers last) throws SigningRefused {
    require(
        base.isEmpty()
            || forms.deltas() == ListForms.Deltas.ANY_BASE
            || last.isComplete(scope.other(), base.get()),
        "delta-base",
        "this vault has signed no full list of the number that the delta claims as its base");
  }

  /** A complete list and a delta of one scope share their numbers (RFC 5280 §5.2.3). */
  void checkNumber(LastNumbers last) throws SigningRefused {
    Optional<BigInteger> before = last.of(scope);
    require(
        before.isEmpty() || before.get().compareTo(number) < 0,
        "crl-number",
        "the list's number must be larger than that of the last one, "
            + before.map(BigInteger::toString).orElse(""));
    Optional<BigInteger> other = last.of(scope.other());
    require(
        other.isEmpty() || other.get().compareTo(number) <= 0,
        "crl-number",
        "complete lists and deltas share their numbers; the last was "
            + other.map(BigInteger::toString).orElse(""));
  }
}
