package de.kreissiegel.hsm.policy;

import static de.kreissiegel.hsm.policy.Rules.require;

import de.kreissiegel.hsm.journal.ErasureOrder;
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
    if (!policy.signs(structure)) {
      require(false, "structure", "the key " + request.key() + " signs no " + structure);
    }
    int largest = structure == SignedStructure.CERTIFICATE_LIST ? LARGEST_LIST : LARGEST;
    if (request.toBeSigned().length() > largest) {
      require(false, "size", "more than " + largest + " octets");
    }
    try {
      policy.terms().require(CertificateGate.standing(key), clock.instant());
      return content(request, policy, key);
    } catch (NotDer malformed) {
      throw malformed(structure, malformed);
    }
  }

  /**
   * The octets that the key signs: those of the request, but of a time-stamp or a CMS message the
   * SET OF its signed attributes (RFC 5652 §5.4), which stands last in what was asked.
   *
   * @throws SigningRefused with {@code MALFORMED}
   */
  public static Bytes signedOctets(SignRequest request) throws SigningRefused {
    SignedStructure structure = request.structure();
    if (structure != SignedStructure.TIME_STAMP && structure != SignedStructure.CMS_ATTRIBUTES) {
      return request.toBeSigned();
    }
    try {
      DerCursor outer = new DerCursor(request.toBeSigned().toArray());
      DerCursor frame = outer.into(DerCursor.SEQUENCE, "frame");
      outer.end();
      while (frame.hasMore() && frame.peek() != DerCursor.SET) {
        frame.next();
      }
      Bytes set = Bytes.of(frame.whole(frame.next(DerCursor.SET, "signedAttrs")));
      frame.end();
      return set;
    } catch (NotDer malformed) {
      throw malformed(structure, malformed);
    }
  }

  private static SigningRefused malformed(SignedStructure structure, NotDer malformed) {
    return new SigningRefused(
        SigningRefused.Reason.MALFORMED,
        "not a %s in DER: %s".formatted(structure, malformed.getMessage()));
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
        // Whoever knows the last numbers, or has more than fits into memory, takes ListGate.
        ListReading reading =
            new ListGate().begin(policy.lists().orElseThrow(), key, now, _ -> false);
        reading.update(octets, 0, octets.length);
        reading.finish(LastNumbers.NONE);
      }
      case OCSP_RESPONSE ->
          OcspCheck.check(policy.ocsp().orElseThrow(), key, OcspAnswer.read(octets), now);
      case AUDIT_HEAD -> AuditHeadCheck.check(request.toBeSigned());
      case KEY_POLICY -> TextCheck.policy(octets);
      case CEREMONY_RECORD -> TextCheck.record(octets);
      case ERASURE_ORDER -> {
        try {
          ErasureOrder.read(request.toBeSigned());
        } catch (IllegalArgumentException notOne) {
          throw new NotDer(String.valueOf(notOne.getMessage()));
        }
      }
      case CERTIFICATION_REQUEST ->
          RequestCheck.check(policy.lesser().requests().orElseThrow(), key, octets);
      case TIME_STAMP ->
          TimeStampCheck.check(policy.lesser().timeStamps().orElseThrow(), key, octets, now);
      case CMS_ATTRIBUTES -> CmsCheck.check(policy.lesser().cms().orElseThrow(), key, octets, now);
      case RELEASE_RECEIPT -> require(false, "structure", "nobody can ask for a receipt");
    }
    return Passed.of(request.structure().name().toLowerCase(Locale.ROOT));
  }
}
