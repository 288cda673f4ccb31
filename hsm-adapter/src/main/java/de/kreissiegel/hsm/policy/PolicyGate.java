package de.kreissiegel.hsm.policy;

import static de.kreissiegel.hsm.policy.Rules.require;

import de.kreissiegel.hsm.signing.AuditHead;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.SignRequest;
import de.kreissiegel.hsm.signing.SignedStructure;
import de.kreissiegel.hsm.signing.SigningRefused;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

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
   * @return of a certificate, DER of its issuer followed by its serial number's octets: what may
   *     never be signed again
   * @throws SigningRefused with {@code POLICY} and the rule's name first in the message, or {@code
   *     MALFORMED}
   */
  public Optional<Bytes> pass(SignRequest request, KeyPolicy policy, KeyFacts key)
      throws SigningRefused {
    SignedStructure structure = request.structure();
    require(
        policy.structures().contains(structure),
        "structure",
        "the key " + request.key() + " signs no " + structure);
    int largest = structure == SignedStructure.CERTIFICATE_LIST ? LARGEST_LIST : LARGEST;
    require(request.toBeSigned().length() <= largest, "size", "more than " + largest + " octets");
    try {
      return content(request, policy, key);
    } catch (NotDer malformed) {
      throw new SigningRefused(
          SigningRefused.Reason.MALFORMED,
          "not a %s in DER: %s".formatted(structure, malformed.getMessage()));
    }
  }

  private Optional<Bytes> content(SignRequest request, KeyPolicy policy, KeyFacts key)
      throws SigningRefused, NotDer {
    byte[] octets = request.toBeSigned().toArray();
    Instant now = clock.instant();
    switch (request.structure()) {
      case CERTIFICATE -> {
        TbsCertificate certificate = TbsCertificate.read(octets);
        CertificateCheck.check(policy.certificates().orElseThrow(), key, certificate, now);
        return Optional.of(claim(certificate));
      }
      case CERTIFICATE_LIST ->
          ListCheck.check(policy.lists().orElseThrow(), key, TbsCertList.read(octets), now);
      case OCSP_RESPONSE ->
          OcspCheck.check(policy.ocsp().orElseThrow(), key, OcspAnswer.read(octets), now);
      case AUDIT_HEAD -> auditHead(request.toBeSigned());
    }
    return Optional.empty();
  }

  private static Bytes claim(TbsCertificate certificate) {
    byte[] issuer = certificate.issuer().toArray();
    byte[] serial = certificate.serial().toByteArray();
    byte[] claim = java.util.Arrays.copyOf(issuer, issuer.length + serial.length);
    System.arraycopy(serial, 0, claim, issuer.length, serial.length);
    return Bytes.of(claim);
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
