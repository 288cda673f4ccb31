package de.kreissiegel.hsm.approval;

import static de.kreissiegel.hsm.approval.Refusal.require;

import de.kreissiegel.hsm.journal.Digests;
import de.kreissiegel.hsm.policy.OfficerRules;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.KeyId;
import de.kreissiegel.hsm.signing.SigningRefused;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;

/**
 * What the vault knows by itself of officers' certificates: those that it signed, and what the
 * lists that it signed say of them. It is told each once it stands in the journal, and again from
 * the journal at the start, in order. Safe for use by many threads.
 *
 * <p>A certificate that was once revoked, and not only held, stays so, whatever later lists say.
 */
public final class OfficerRegister {
  private static final byte[] SCOPE_IDENTIFIER =
      Der.encoded(new ASN1ObjectIdentifier(OfficerScope.EXTENSION)).toArray();

  private final Map<Name, Entry> entries = new HashMap<>();
  private final Map<KeyId, NewestList> newest = new HashMap<>();
  private final Set<Bytes> keysSeen = new HashSet<>();
  private final CounterWatch counters = new CounterWatch();

  private record Name(KeyId issuer, BigInteger serial) {}

  /** When the newest full list was signed, from when it speaks, and until when. */
  private record NewestList(Instant signed, Instant since, Instant until) {}

  private enum Standing {
    GOOD,
    HELD,
    REVOKED
  }

  /**
   * An officer's certificate.
   *
   * @param digest SHA-256 of the TBSCertificate
   * @param kind of which the vault signed it; none if another vault did, with the same key
   * @param watchedSince lists that were signed before don't speak of it
   */
  private record Entry(
      Bytes digest,
      Optional<String> kind,
      Instant notAfter,
      Instant watchedSince,
      Standing standing) {
    Entry now(Standing other) {
      return standing == Standing.REVOKED
          ? this
          : new Entry(digest, kind, notAfter, watchedSince, other);
    }
  }

  /**
   * The vault signed a certificate; nothing happens unless it makes an officer.
   *
   * @param kind the policy's kind that allowed it
   * @param tbs DER of the TBSCertificate
   */
  public void certificateSigned(KeyId issuer, String kind, Bytes tbs, Instant time) {
    // Nearly all certificates are nobody's who decides: they are not worth reading.
    if (mayCarryScope(tbs.toArray())) {
      officerSigned(issuer, kind, tbs, time);
    }
  }

  /** Whether the extension's identifier stands anywhere; where it doesn't, there is none. */
  private static boolean mayCarryScope(byte[] tbs) {
    int last = tbs.length - SCOPE_IDENTIFIER.length;
    for (int at = 0; at <= last; at++) {
      if (tbs[at] == SCOPE_IDENTIFIER[0]
          && Arrays.equals(
              tbs,
              at,
              at + SCOPE_IDENTIFIER.length,
              SCOPE_IDENTIFIER,
              0,
              SCOPE_IDENTIFIER.length)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Whether the vault must be able to read a certificate again at its next start: an officer's that
   * isn't over, or whose key counts as a first officer's, which is certified without approval only
   * once.
   *
   * @param tbs DER of the TBSCertificate
   * @param firstOfficers SHA-256 of the first officers' public keys
   */
  public static boolean needs(Bytes tbs, Set<Bytes> firstOfficers, Instant now) {
    if (!mayCarryScope(tbs.toArray())) {
      return false;
    }
    try {
      OfficerCertificate certificate = OfficerCertificate.readUnsigned(tbs);
      return !certificate.notAfter().isBefore(now)
          || firstOfficers.contains(fingerprint(certificate.encodedKey()));
    } catch (MalformedEvidence _) {
      return true;
    }
  }

  private synchronized void officerSigned(KeyId issuer, String kind, Bytes tbs, Instant time) {
    OfficerCertificate certificate;
    try {
      certificate = OfficerCertificate.readUnsigned(tbs);
    } catch (MalformedEvidence _) {
      return; // what can't be read here makes no officer
    }
    if (certificate.scope().isEmpty()) {
      return;
    }
    keysSeen.add(fingerprint(certificate.encodedKey()));
    entries.putIfAbsent(
        new Name(issuer, certificate.serial()),
        new Entry(
            Digests.sha256(certificate.tbs().toArray()),
            Optional.of(kind),
            certificate.notAfter(),
            time,
            Standing.GOOD));
  }

  /**
   * Which serial numbers to look for in a list of that key: those of officers whose certificates
   * are not over.
   */
  public synchronized Set<BigInteger> watched(KeyId issuer, Instant now) {
    return entries.entrySet().stream()
        .filter(one -> one.getKey().issuer().equals(issuer))
        .filter(one -> !one.getValue().notAfter().isBefore(now))
        .map(one -> one.getKey().serial())
        .collect(Collectors.toUnmodifiableSet());
  }

  /**
   * Whether the list may be signed, as far as officers go.
   *
   * @throws SigningRefused {@code revocation-vanished} if an officer's certificate was revoked, and
   *     the list says it isn't: somebody wants the officer back
   */
  public synchronized void checkList(SignedList list, Instant now) throws SigningRefused {
    for (Map.Entry<Name, Entry> one : entries.entrySet()) {
      BigInteger serial = one.getKey().serial();
      boolean revoked =
          one.getKey().issuer().equals(list.issuer())
              && one.getValue().standing() == Standing.REVOKED
              && !one.getValue().notAfter().isBefore(now);
      Optional<Integer> reason = Optional.ofNullable(list.entries().get(serial));
      boolean released = reason.filter(code -> code == SignedList.REMOVE_FROM_CRL).isPresent();
      boolean held = reason.filter(code -> code == SignedList.CERTIFICATE_HOLD).isPresent();
      require(
          !revoked || !released && !held && (reason.isPresent() || !list.full()),
          "revocation-vanished",
          "the officer's certificate %s was revoked, and the list no longer says so"
              .formatted(serial.toString(16)));
    }
  }

  /** The vault signed a list. */
  public synchronized void listSigned(SignedList list, Instant time) {
    entries.replaceAll(
        (name, entry) -> name.issuer().equals(list.issuer()) ? after(list, name, entry) : entry);
    if (list.full()) {
      Instant since = list.thisUpdate().isBefore(time) ? list.thisUpdate() : time;
      newest.merge(
          list.issuer(),
          new NewestList(time, since, list.nextUpdate()),
          (before, now) -> now.since().isBefore(before.since()) ? before : now);
    }
  }

  private static Entry after(SignedList list, Name name, Entry entry) {
    Optional<Integer> reason = Optional.ofNullable(list.entries().get(name.serial()));
    if (reason.isEmpty()) {
      return list.full() ? entry.now(Standing.GOOD) : entry;
    }
    return entry.now(
        switch (reason.get()) {
          case SignedList.CERTIFICATE_HOLD -> Standing.HELD;
          case SignedList.REMOVE_FROM_CRL -> Standing.GOOD;
          default -> Standing.REVOKED;
        });
  }

  CounterWatch counters() {
    return counters;
  }

  /** Whether the vault has ever signed an officer's certificate for that key. */
  synchronized boolean hasSeenKey(Bytes publicKey) {
    return keysSeen.contains(fingerprint(publicKey));
  }

  /**
   * Requires that the certificate, whose signature by {@code issuer} was verified, is an officer's
   * in good standing.
   */
  synchronized void requireGood(
      KeyId issuer, OfficerCertificate certificate, OfficerRules rules, Instant now)
      throws SigningRefused {
    Optional<NewestList> list = Optional.ofNullable(newest.get(issuer));
    require(
        list.isPresent()
            && !list.get().since().plus(rules.longestSilence()).isBefore(now)
            && !list.get().until().isBefore(now),
        "approval-status-stale",
        "this vault has signed no list of the officers' issuer for too long; have one signed");
    keysSeen.add(fingerprint(certificate.encodedKey()));
    Name name = new Name(issuer, certificate.serial());
    Entry entry =
        entries.computeIfAbsent(
            name,
            // Another vault with the same key signed it; lists before now didn't look for it.
            _ ->
                new Entry(
                    Digests.sha256(certificate.tbs().toArray()),
                    Optional.empty(),
                    certificate.notAfter(),
                    now,
                    Standing.GOOD));
    require(
        entry.kind().isPresent() || list.get().signed().isAfter(entry.watchedSince()),
        "approval-officer-unknown",
        "this vault hears of the officer's certificate for the first time;"
            + " it counts once the next list has been signed");
    require(
        entry.digest().equals(Digests.sha256(certificate.tbs().toArray()))
            && entry.kind().map(rules.kind()::equals).orElse(true),
        "approval-officer-kind",
        "the certificate is not of the officers' kind " + rules.kind());
    require(
        entry.standing() != Standing.HELD,
        "approval-officer-held",
        "the officer's certificate is on hold");
    require(
        entry.standing() == Standing.GOOD,
        "approval-officer-revoked",
        "the officer's certificate is revoked");
  }

  private static Bytes fingerprint(Bytes publicKey) {
    return Digests.sha256(publicKey.toArray());
  }
}
