package de.kreissiegel.hsm.policy;

import java.math.BigInteger;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * What a TBSCertificate says where rules look, each extension read once.
 *
 * @param authority whether basicConstraints says cA
 * @param pathLength of basicConstraints
 * @param selfIssued whether subject and issuer are the same octets
 * @param keyUsage the bits, {@link KeyUsageFlag#mask}; 0 without the extension
 * @param extendedKeyUsages object identifiers in dotted form; empty without the extension
 * @param policies as {@code extendedKeyUsages}
 * @param subject the name
 * @param organization its only organizationName
 * @param names the names in subjectAltName
 */
record CertificateFacts(
    boolean authority,
    OptionalInt pathLength,
    boolean selfIssued,
    int keyUsage,
    Set<String> extendedKeyUsages,
    Set<String> policies,
    SubjectName subject,
    Optional<String> organization,
    List<AlternativeName> names) {
  private static final int LONGEST_PATH_BITS = 15;

  static CertificateFacts of(TbsCertificate certificate) throws NotDer {
    ExtensionList extensions = certificate.extensions();
    SubjectName subject = SubjectName.read(certificate.subject().toArray());
    var constraints = extensions.find(ObjectNames.BASIC_CONSTRAINTS);
    var usage = extensions.find(ObjectNames.KEY_USAGE);
    var usages = extensions.find(ObjectNames.EXTENDED_KEY_USAGE);
    var policies = extensions.find(ObjectNames.CERTIFICATE_POLICIES);
    var names = extensions.find(ObjectNames.SUBJECT_ALTERNATIVE_NAME);
    Constraints told =
        constraints.isPresent() ? constraints(constraints.get().value()) : Constraints.NONE;
    return new CertificateFacts(
        told.authority(),
        told.pathLength(),
        certificate.subject().equals(certificate.issuer()),
        usage.isPresent() ? keyUsage(usage.get().value()) : 0,
        usages.isPresent() ? usages(usages.get().value()) : Set.of(),
        policies.isPresent() ? policies(policies.get().value()) : Set.of(),
        subject,
        subject.only(ObjectNames.ORGANIZATION),
        names.isPresent() ? AlternativeName.read(names.get().value()) : List.of());
  }

  boolean uses(KeyUsageFlag flag) {
    return (keyUsage & 1 << flag.ordinal()) != 0;
  }

  private record Constraints(boolean authority, OptionalInt pathLength) {
    static final Constraints NONE = new Constraints(false, OptionalInt.empty());
  }

  private static Constraints constraints(byte[] value) throws NotDer {
    DerCursor whole = new DerCursor(value);
    DerCursor inside = whole.into(DerCursor.SEQUENCE, "basicConstraints");
    whole.end();
    boolean authority = false;
    if (inside.peek() == DerCursor.BOOLEAN) {
      authority = inside.content(inside.next())[0] != 0;
      if (!authority) {
        throw new NotDer("cA FALSE is the default and must not be written");
      }
    }
    OptionalInt length = OptionalInt.empty();
    if (inside.hasMore()) {
      BigInteger number = TbsCertificate.integer(inside, "pathLenConstraint");
      if (number.signum() < 0 || number.bitLength() > LONGEST_PATH_BITS) {
        throw new NotDer("basicConstraints: an impossible path length");
      }
      length = OptionalInt.of(number.intValueExact());
    }
    inside.end();
    return new Constraints(authority, length);
  }

  /** A named bit list ends with a bit that is set (X.690 §11.2.2). */
  private static int keyUsage(byte[] value) throws NotDer {
    DerCursor whole = new DerCursor(value);
    byte[] bits = whole.content(whole.next(DerCursor.BIT_STRING, "keyUsage"));
    whole.end();
    int count = (bits.length - 1) * 8 - bits[0];
    if (count < 1 || count > KeyUsageFlag.values().length || !bit(bits, count - 1)) {
      throw new NotDer("keyUsage is not as DER would write it");
    }
    int mask = 0;
    for (int i = 0; i < count; i++) {
      mask |= bit(bits, i) ? 1 << i : 0;
    }
    return mask;
  }

  private static boolean bit(byte[] bits, int number) {
    return (bits[1 + number / 8] & 0x80 >> number % 8) != 0;
  }

  private static Set<String> usages(byte[] value) throws NotDer {
    DerCursor whole = new DerCursor(value);
    DerCursor inside = whole.into(DerCursor.SEQUENCE, "extKeyUsage");
    whole.end();
    Set<String> found = HashSet.newHashSet(4);
    while (inside.hasMore()) {
      add(found, ObjectIdentifiers.next(inside, "extended key usage"), "extKeyUsage");
    }
    return filled(found, "extKeyUsage");
  }

  private static Set<String> policies(byte[] value) throws NotDer {
    DerCursor whole = new DerCursor(value);
    DerCursor inside = whole.into(DerCursor.SEQUENCE, "certificatePolicies");
    whole.end();
    Set<String> found = HashSet.newHashSet(4);
    while (inside.hasMore()) {
      DerCursor one = inside.into(DerCursor.SEQUENCE, "PolicyInformation");
      add(found, ObjectIdentifiers.next(one, "certificate policy"), "certificatePolicies");
      if (one.hasMore()) {
        one.next(DerCursor.SEQUENCE, "policyQualifiers");
      }
      one.end();
    }
    return filled(found, "certificatePolicies");
  }

  private static void add(Set<String> found, String identifier, String what) throws NotDer {
    if (!found.add(identifier)) {
      throw new NotDer(what + ": " + identifier + " stands twice");
    }
  }

  private static Set<String> filled(Set<String> found, String what) throws NotDer {
    if (found.isEmpty()) {
      throw new NotDer(what + " is empty");
    }
    return found;
  }
}
