package de.kreissiegel.hsm.policy;

import static de.kreissiegel.hsm.policy.Rules.require;

import de.kreissiegel.hsm.signing.AuditHead;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.SignRequest;
import de.kreissiegel.hsm.signing.SignedStructure;
import de.kreissiegel.hsm.signing.SigningRefused;
import java.time.Clock;
import java.time.Instant;
import java.util.Locale;

/** The front door: lets a request through, or says which rule it breaks. */
public final class PolicyGate {
  private static final int LARGEST = 64 << 10;
  private static final int LARGEST_LIST = 64 << 20;
  private static final int AUDIT_HASH_OCTETS = 32;

  private final Clock clock;

  public PolicyGate(Clock clock) {
    this.clock = clock;
  }

  /**
   * Holds a request against its key's policy.
   *
   * @return what it turned out to be
   * @throws SigningRefused with {@code POLICY} and the rule's name first in the message, or {@code
   *     MALFORMED}
   */
  public Passed pass(SignRequest request, KeyPolicy policy, KeyFacts key) throws SigningRefused {
    SignedStructure structure = request.structure();
    require(
        policy.structures().contains(structure),
        "structure",
        "the key " + request.key() + " signs no " + structure);
    int largest = structure == SignedStructure.CERTIFICATE_LIST ? LARGEST_LIST : LARGEST;
    require(request.toBeSigned().length() <= largest, "size", "more than " + largest + " octets");
    try {
      policy.terms().require(CertificateGate.standing(key), clock.instant());
      return content(request, policy, key);
    } catch (NotDer malformed) {
      throw new SigningRefused(
          SigningRefused.Reason.MALFORMED,
          "not a %s in DER: %s".formatted(structure, malformed.getMessage()));
    }
  }

  private Passed content(SignRequest request, KeyPolicy policy, KeyFacts key)
      throws SigningRefused, NotDer {
    byte[] octets = request.toBeSigned().toArray();
    Instant now = clock.instant();
    switch (request.structure()) {
      case CERTIFICATE -> {
        return CertificateGate.pass(request, policy.certificates().orElseThrow(), key, now);
      }
      case CERTIFICATE_LIST -> {
        ListReading reading =
            new ListGate().begin(policy.lists().orElseThrow(), key, now, _ -> false);
        reading.update(octets, 0, octets.length);
        reading.finish(LastNumbers.NONE);
      }
      case OCSP_RESPONSE ->
          OcspCheck.check(policy.ocsp().orElseThrow(), key, OcspAnswer.read(octets), now);
      case AUDIT_HEAD -> auditHead(request.toBeSigned());
      case KEY_POLICY, CEREMONY_RECORD -> {
        // The ceremony's key is active in a ceremony only, under the eyes of its people.
      }
      case CERTIFICATION_REQUEST, TIME_STAMP, CMS_ATTRIBUTES, RELEASE_RECEIPT ->
          throw new NotDer("no policy knows it");
    }
    return Passed.of(request.structure().name().toLowerCase(Locale.ROOT));
  }

  private static void auditHead(Bytes octets) throws SigningRefused, NotDer {
    StrictDer.check(octets.toArray());
    AuditHead head;
    try {
      head = AuditHead.decode(octets);
    } catch (RuntimeException _) {
      throw new NotDer("its parts are not those of an AuditHead");
    }
    if (!head.encoded().equals(octets)) {
      throw new NotDer("its parts are not those of an AuditHead");
    }
    require(
        head.hash().length() == AUDIT_HASH_OCTETS && head.sequence() >= 0,
        "audit-head",
        "the hash must be SHA-256's, the sequence number not negative");
  }
}
