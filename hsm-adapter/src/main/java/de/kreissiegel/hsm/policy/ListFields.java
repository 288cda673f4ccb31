package de.kreissiegel.hsm.policy;

import static de.kreissiegel.hsm.policy.Rules.require;

import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.SigningRefused;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

/** All of a TBSCertList but its entries, held against a key's rules as it comes. */
final class ListFields {
  private static final byte[] VERSION_2 = {DerCursor.INTEGER, 1, 1};

  private final ListRules rules;
  private final KeyFacts key;
  private final Instant now;
  private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
  private Instant thisUpdate = Instant.MIN;
  private Instant nextUpdate = Instant.MIN;
  private Optional<ListExtensions> extensions = Optional.empty();

  ListFields(ListRules rules, KeyFacts key, Instant now) {
    this.rules = rules;
    this.key = key;
    this.now = now;
  }

  void version(byte[] octets) throws NotDer {
    if (!Arrays.equals(octets, VERSION_2)) {
      throw new NotDer("only lists of version 2 are signed");
    }
    keep(octets);
  }

  void algorithm(byte[] octets) throws SigningRefused, NotDer {
    keep(octets);
    require(
        Bytes.of(octets).equals(key.signatureAlgorithm()),
        "signature-algorithm",
        "the algorithm in the list is not this key's");
  }

  void issuer(byte[] octets) throws SigningRefused, NotDer {
    keep(octets);
    require(
        Bytes.of(octets).equals(rules.issuer()),
        "issuer",
        "the list names another issuer than this key's");
  }

  void thisUpdate(byte[] octets) throws SigningRefused, NotDer {
    keep(octets);
    thisUpdate = Times.next(new DerCursor(octets), "thisUpdate");
    require(
        !thisUpdate.isBefore(now.minus(rules.backdating())),
        "backdating",
        "thisUpdate lies more than " + rules.backdating() + " in the past");
    require(
        !thisUpdate.isAfter(now.plus(rules.backdating())),
        "postdating",
        "thisUpdate lies more than " + rules.backdating() + " in the future");
  }

  void nextUpdate(byte[] octets) throws SigningRefused, NotDer {
    keep(octets);
    nextUpdate = Times.next(new DerCursor(octets), "nextUpdate");
    require(nextUpdate.isAfter(thisUpdate), "validity", "nextUpdate is not after thisUpdate");
    require(
        Duration.between(thisUpdate, nextUpdate).compareTo(rules.longestValidity()) <= 0,
        "longest-validity",
        "nextUpdate is more than " + rules.longestValidity() + " after thisUpdate");
  }

  void extensions(byte[] octets) throws SigningRefused, NotDer {
    keep(octets);
    ListExtensions read = ListExtensions.read(octets);
    read.check(rules);
    extensions = Optional.of(read);
  }

  /** Once they have come. */
  ListExtensions extensions() {
    return extensions.orElseThrow();
  }

  ListForms forms() {
    return rules.forms();
  }

  Instant thisUpdate() {
    return thisUpdate;
  }

  Instant nextUpdate() {
    return nextUpdate;
  }

  Bytes header(long entries) {
    return ListHeader.encoded(kept.toByteArray(), entries);
  }

  private void keep(byte[] octets) throws NotDer {
    StrictDer.check(octets);
    kept.writeBytes(octets);
  }
}
