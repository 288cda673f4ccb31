package de.kreissiegel.ca.lint;

import static de.kreissiegel.ca.lint.Lint.error;
import static de.kreissiegel.ca.lint.Lint.warning;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Which signatures and keys BSI TR-03116-4 (2025) and TR-02102-1 (2026-01) list. */
final class BsiKeyLints {
  private static final int SHORTEST_RSA = 3072; // TR-03116-4 table 29

  private static final Set<String> PKCS1 =
      Set.of("1.2.840.113549.1.1.11", "1.2.840.113549.1.1.12", "1.2.840.113549.1.1.13");

  private static final Set<String> ECDSA =
      Set.of("1.2.840.10045.4.3.2", "1.2.840.10045.4.3.3", "1.2.840.10045.4.3.4");

  /** SHA-256, SHA-384, SHA-512, and how long they are. */
  private static final Map<String, Integer> HASHES =
      Map.of(
          "2.16.840.1.101.3.4.2.1", 32,
          "2.16.840.1.101.3.4.2.2", 48,
          "2.16.840.1.101.3.4.2.3", 64);

  /** TR-03116-4 table 30: P-256, P-384, P-521, brainpoolP256r1, P384r1, P512r1. */
  private static final Set<String> CURVES =
      Set.of(
          "1.2.840.10045.3.1.7",
          "1.3.132.0.34",
          "1.3.132.0.35",
          "1.3.36.3.3.2.8.1.1.7",
          "1.3.36.3.3.2.8.1.1.11",
          "1.3.36.3.3.2.8.1.1.13");

  private static final Set<String> EDWARDS =
      Set.of(Oids.ED25519, Oids.ED448, Oids.X25519, Oids.X448);

  private BsiKeyLints() {}

  static List<Lint> all() {
    return List.of(
        error(
            "bsi.signature-algorithm",
            "TR-03116-4 Tab. 29, TR-02102-1 Tab. 5.3",
            "Signiert wird mit ECDSA oder RSASSA-PSS und SHA-2, ML-DSA-65/-87, SLH-DSA-192/-256 "
                + "oder einer Verbindung daraus.",
            "It is signed by ECDSA or RSASSA-PSS with SHA-2, ML-DSA-65/-87, SLH-DSA-192/-256 or a "
                + "composite of them.",
            (it, report) -> {
              String algorithm = it.certificate().signatureAlgorithm();
              report.require(
                  ECDSA.contains(algorithm)
                      || algorithm.equals(Oids.RSA_PSS)
                      || PKCS1.contains(algorithm) // the next lint's
                      || it.context().isOfTakenOver()
                      || PostQuantum.isListed(algorithm),
                  algorithm);
            }),
        error(
            "bsi.signature-pkcs1",
            "TR-03116-4 Tab. 31",
            "RSASSA-PKCS1-v1_5 ist seit Ende 2025 vorbei.",
            "RSASSA-PKCS1-v1_5 is over since the end of 2025.",
            (it, report) ->
                report.require(
                    !PKCS1.contains(it.certificate().signatureAlgorithm())
                        || it.context().isOfTakenOver())),
        error(
            "bsi.signature-pss",
            "RFC 4055 §3.1, TR-03116-4 Tab. 29",
            "RSASSA-PSS nennt SHA-256, -384 oder -512, MGF1 mit demselben, und ein Salz so lang "
                + "wie dieses.",
            "RSASSA-PSS says SHA-256, -384 or -512, MGF1 with the same, and a salt as long.",
            (it, report) ->
                report.require(
                    !it.certificate().signatureAlgorithm().equals(Oids.RSA_PSS)
                        || isSoundPss(it.certificate().signature()))),
        error(
            "bsi.key-algorithm",
            "TR-02102-1 Tab. 5.3, TR-03116-4 Tab. 29",
            "Der Schlüssel ist von einer Art, die das BSI nennt.",
            "The key is of a kind that the BSI lists.",
            (it, report) -> {
              String algorithm = it.key().algorithm();
              report.require(
                  it.key().isRsa()
                      || it.key().isEc()
                      || EDWARDS.contains(algorithm)
                      || PostQuantum.isListed(algorithm)
                      || PostQuantum.isTooSmall(algorithm),
                  algorithm);
            }),
        error(
            "bsi.rsa-size",
            "TR-03116-4 Tab. 29, TR-02102-1 §5.3.1",
            "Ein RSA-Schlüssel hat mindestens 3072 Bit.",
            "An RSA key has at least 3072 bits.",
            (it, report) ->
                it.key()
                    .rsa()
                    .ifPresent(
                        rsa ->
                            report.require(
                                rsa.modulus().bitLength() >= SHORTEST_RSA,
                                rsa.modulus().bitLength() + " bit"))),
        error(
            "bsi.curve",
            "TR-03116-4 Tab. 30",
            "Die Kurve ist P-256, P-384, P-521 oder brainpoolP256r1, P384r1, P512r1.",
            "The curve is P-256, P-384, P-521 or brainpoolP256r1, P384r1, P512r1.",
            (it, report) ->
                report.require(
                    !it.key().isEc() || it.key().curve().map(CURVES::contains).orElse(false),
                    it.key().curve().orElse(""))),
        warning(
            "bsi.edwards",
            "TR-02102-1 Tab. 5.3",
            "EdDSA, X25519 und X448 nennt das BSI nicht.",
            "The BSI doesn't list EdDSA, X25519 and X448.",
            (it, report) -> report.require(!EDWARDS.contains(it.key().algorithm()))),
        error(
            "bsi.post-quantum-size",
            "TR-02102-1 Tab. 2.7, 5.6, 5.7",
            "ML-DSA-44, ML-KEM-512 und SLH-DSA-128 sind zu klein.",
            "ML-DSA-44, ML-KEM-512 and SLH-DSA-128 are too small.",
            (it, report) ->
                report.require(
                    !PostQuantum.isTooSmall(it.key().algorithm())
                        && !PostQuantum.isTooSmall(it.certificate().signatureAlgorithm()))),
        warning(
            "bsi.post-quantum-alone",
            "TR-02102-1 §5.3.4",
            "ML-DSA und ML-KEM sind nur mit einem klassischen Verfahren zusammen empfohlen.",
            "ML-DSA and ML-KEM are recommended together with a classical algorithm only.",
            (it, report) -> report.require(!PostQuantum.isLattice(it.key().algorithm()))));
  }

  /** Whether a quantum computer breaks it. */
  static boolean isClassical(String algorithm) {
    return algorithm.equals(Oids.RSA)
        || algorithm.equals(Oids.RSA_PSS)
        || algorithm.equals(Oids.RSA_OAEP)
        || algorithm.equals(Oids.EC)
        || EDWARDS.contains(algorithm);
  }

  private static boolean isSoundPss(Der signature) {
    try {
      Optional<String> hash = Optional.empty();
      Optional<String> mask = Optional.empty();
      int salt = -1;
      boolean trailer = true;
      for (Der part : signature.child(1).children(Der.SEQUENCE)) {
        switch (part.contextTag()) {
          case 0 -> hash = Optional.of(part.child(0).as(Der.SEQUENCE).child(0).oid());
          case 1 -> {
            Der function = part.child(0).as(Der.SEQUENCE);
            mask =
                function.child(0).oid().equals(Oids.MGF1)
                    ? Optional.of(function.child(1).as(Der.SEQUENCE).child(0).oid())
                    : Optional.empty();
          }
          case 2 -> salt = part.child(0).integer().intValueExact();
          default -> trailer = false; // the only one that is allowed is the default
        }
      }
      return hash.isPresent()
          && hash.equals(mask)
          && HASHES.getOrDefault(hash.get(), -2) == salt
          && trailer;
    } catch (Malformed | ArithmeticException unreadable) {
      return false;
    }
  }
}
