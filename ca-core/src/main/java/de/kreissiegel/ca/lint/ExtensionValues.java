package de.kreissiegel.ca.lint;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The values of extensions, as RFC 5280 §4.2 defines them. */
final class ExtensionValues {
  private ExtensionValues() {}

  /** basicConstraints. */
  record Constraints(boolean ca, Optional<BigInteger> pathLength) {}

  /**
   * PolicyInformation.
   *
   * @param qualifiers their types and what they say
   */
  record Policy(String oid, List<Qualifier> qualifiers) {}

  /**
   * PolicyQualifierInfo.
   *
   * @param value its value
   */
  record Qualifier(String type, Der value) {}

  /** authorityKeyIdentifier. */
  record AuthorityKey(Optional<byte[]> identifier, boolean issuer, boolean serial) {}

  /**
   * DistributionPoint.
   *
   * @param named whether it has a distributionPoint
   * @param names of the fullName
   * @param issuer whether it has a cRLIssuer
   */
  record Point(boolean named, List<ReadGeneralName> names, boolean issuer) {}

  /** AccessDescription. */
  record Access(String method, ReadGeneralName location) {}

  static Integer keyUsage(Der value) throws Malformed {
    value.as(Der.BIT_STRING);
    int bits = 0;
    for (int at = 1; at < Math.min(value.length(), 4); at++) {
      for (int bit = 0; bit < 8; bit++) {
        if ((value.octet(at) & 0x80 >> bit) != 0) {
          bits |= 1 << 8 * (at - 1) + bit;
        }
      }
    }
    return bits;
  }

  static List<String> oids(Der value) throws Malformed {
    List<String> oids = new ArrayList<>(4);
    for (Der oid : value.children(Der.SEQUENCE)) {
      oids.add(oid.oid());
    }
    return oids;
  }

  static List<String> firstOidsOfEach(Der value) throws Malformed {
    List<String> oids = new ArrayList<>(4);
    for (Der each : value.children(Der.SEQUENCE)) {
      oids.add(each.as(Der.SEQUENCE).child(0).oid());
    }
    return oids;
  }

  static Constraints constraints(Der value) throws Malformed {
    boolean ca = false;
    Optional<BigInteger> pathLength = Optional.empty();
    for (Der part : value.children(Der.SEQUENCE)) {
      if (part.is(Der.BOOLEAN)) {
        ca = part.octet(0) != 0;
      } else {
        pathLength = Optional.of(part.integer());
      }
    }
    return new Constraints(ca, pathLength);
  }

  static List<Policy> policies(Der value) throws Malformed {
    List<Policy> policies = new ArrayList<>(2);
    for (Der policy : value.children(Der.SEQUENCE)) {
      List<Qualifier> qualifiers = new ArrayList<>(0);
      if (policy.children(Der.SEQUENCE).size() > 1) {
        for (Der qualifier : policy.child(1).children(Der.SEQUENCE)) {
          qualifiers.add(
              new Qualifier(qualifier.as(Der.SEQUENCE).child(0).oid(), qualifier.child(1)));
        }
      }
      policies.add(new Policy(policy.child(0).oid(), qualifiers));
    }
    return policies;
  }

  static AuthorityKey authorityKey(Der value) throws Malformed {
    Optional<byte[]> identifier = Optional.empty();
    boolean issuer = false;
    boolean serial = false;
    for (Der part : value.children(Der.SEQUENCE)) {
      switch (part.contextTag()) {
        case 0 -> identifier = Optional.of(part.content());
        case 1 -> issuer = true;
        case 2 -> serial = true;
        default -> throw new Malformed("an unknown part");
      }
    }
    return new AuthorityKey(identifier, issuer, serial);
  }

  static List<Point> points(Der value) throws Malformed {
    List<Point> points = new ArrayList<>(1);
    for (Der point : value.children(Der.SEQUENCE)) {
      boolean named = false;
      boolean issuer = false;
      List<ReadGeneralName> names = List.of();
      for (Der part : point.children(Der.SEQUENCE)) {
        issuer |= part.contextTag() == 2;
        if (part.contextTag() == 0) {
          named = true;
          Der name = part.child(0);
          names = name.contextTag() == 0 ? ReadGeneralName.all(name) : List.of();
        }
      }
      points.add(new Point(named, names, issuer));
    }
    return points;
  }

  static List<Access> accesses(Der value) throws Malformed {
    List<Access> accesses = new ArrayList<>(2);
    for (Der access : value.children(Der.SEQUENCE)) {
      accesses.add(
          new Access(access.as(Der.SEQUENCE).child(0).oid(), ReadGeneralName.of(access.child(1))));
    }
    return accesses;
  }
}
