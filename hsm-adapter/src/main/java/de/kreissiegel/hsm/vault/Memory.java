package de.kreissiegel.hsm.vault;

import de.kreissiegel.hsm.approval.OfficerRegister;
import de.kreissiegel.hsm.journal.Digests;
import de.kreissiegel.hsm.policy.ListHeader;
import de.kreissiegel.hsm.policy.RateBook;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.KeyId;
import de.kreissiegel.hsm.signing.SignRequest;
import de.kreissiegel.hsm.signing.SignedStructure;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the vault remembers of what it signed, beyond the journal's own index: rates, officers and
 * their standing, the numbers of lists. All of it comes from the journal, so a restart forgets
 * nothing and nobody else can tell it anything.
 */
final class Memory {
  /** No rate looks further back. */
  private static final Duration RATES = Duration.ofDays(1);

  private static final Pattern KEY_LINE = Pattern.compile("(?m)^key: ([a-z0-9-]{1,64})$");
  private static final Pattern PUBLIC_KEY_LINE =
      Pattern.compile("(?m)^public-key: ([A-Za-z0-9+/=]+)$");

  private final RateBook rates = new RateBook();
  private final OfficerRegister officers = new OfficerRegister();
  private final ListNumbers numbers = new ListNumbers();
  private final Map<KeyId, Bytes> policies = new ConcurrentHashMap<>();

  RateBook rates() {
    return rates;
  }

  OfficerRegister officers() {
    return officers;
  }

  ListNumbers numbers() {
    return numbers;
  }

  /** Something was signed and stands in the journal. */
  void signed(SignRequest request, String kind, Instant time) {
    if (request.structure() == SignedStructure.CERTIFICATE) {
      officers.certificateSigned(request.key(), kind, request.toBeSigned(), time);
    } else if (request.structure() == SignedStructure.KEY_POLICY) {
      policySigned(request.toBeSigned());
    }
  }

  /** A list was signed and stands in the journal. */
  void signed(KeyId key, ListNote note, Instant time) {
    ListHeader header = note.read();
    numbers.signed(key, header.scope(), header.number());
    officers.listSigned(note.forOfficers(key), time);
  }

  /**
   * Remembers an entry of the journal, in order.
   *
   * @param kind the policy's kind that allowed it
   * @param kept what is kept of its octets; none if they were erased
   * @param now when the vault is opened
   */
  void recall(
      KeyId key,
      SignedStructure structure,
      String kind,
      Instant time,
      Optional<Bytes> kept,
      Instant now) {
    if (time.isAfter(now.minus(RATES))) {
      rates.recall(key, kind, time);
    }
    if (structure == SignedStructure.CERTIFICATE) {
      kept.ifPresent(octets -> officers.certificateSigned(key, kind, octets, time));
    } else if (structure == SignedStructure.CERTIFICATE_LIST) {
      kept.ifPresent(octets -> signed(key, ListNote.decode(octets), time));
    } else if (structure == SignedStructure.KEY_POLICY) {
      kept.ifPresent(this::policySigned);
    }
  }

  /**
   * SHA-256 of the policy that was last signed for a key here; none if the journal knows none, as
   * of a key that came from a backup before its policy was signed again.
   */
  Optional<Bytes> policyInForce(KeyId key) {
    return Optional.ofNullable(policies.get(key));
  }

  private void policySigned(Bytes text) {
    String policy = new String(text.toArray(), StandardCharsets.UTF_8);
    Matcher name = KEY_LINE.matcher(policy);
    Matcher key = PUBLIC_KEY_LINE.matcher(policy);
    if (name.find()) {
      var id = new KeyId(name.group(1));
      policies.put(id, Digests.sha256(text.toArray()));
      if (key.find()) {
        numbers.begin(id, key.group(1));
      }
    }
  }
}
