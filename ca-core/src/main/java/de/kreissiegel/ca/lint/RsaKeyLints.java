package de.kreissiegel.ca.lint;

import static de.kreissiegel.ca.lint.Lint.error;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;

/**
 * RSA keys that somebody can factor: SP 800-89 §5.3.3, FIPS 186-5, and what the years have shown.
 */
final class RsaKeyLints {
  private static final BigInteger SMALLEST_EXPONENT = BigInteger.valueOf(65_537);
  private static final int LONGEST_EXPONENT = 256; // FIPS 186-5 A.1.1

  private RsaKeyLints() {}

  private interface Test {
    boolean isSound(ReadKey.Rsa key);
  }

  static List<Lint> all() {
    return List.of(
        error(
            "keys.rsa-form",
            "RFC 8017 A.1.1, RFC 3279 §2.3.1",
            "Ein RSA-Schlüssel ist Modul und Exponent, beide positiv, der Modul bis 16384 Bit.",
            "An RSA key is modulus and exponent, both positive, the modulus of up to 16384 bits.",
            (it, report) ->
                report.require(
                    !it.key().isRsa() || it.key().rsa().map(RsaNumbers::isKey).orElse(false))),
        error(
            "keys.rsa-exponent",
            "FIPS 186-5 A.1.1, SP 800-89 §5.3.3",
            "Der RSA-Exponent ist ungerade, mindestens 65537 und kürzer als 256 Bit.",
            "The RSA exponent is odd, 65537 at least, and shorter than 256 bits.",
            (it, report) ->
                each(
                    it,
                    report,
                    key ->
                        key.exponent().testBit(0)
                            && key.exponent().compareTo(SMALLEST_EXPONENT) >= 0
                            && key.exponent().bitLength() <= LONGEST_EXPONENT)),
        error(
            "keys.rsa-small-prime",
            "SP 800-89 §5.3.3",
            "Der RSA-Modul hat keinen Teiler unter 65536.",
            "The RSA modulus has no factor below 65536.",
            (it, report) -> each(it, report, key -> !RsaNumbers.hasSmallPrime(key.modulus()))),
        error(
            "keys.rsa-prime",
            "SP 800-89 §5.3.3",
            "Der RSA-Modul ist nicht selbst eine Primzahl.",
            "The RSA modulus is not a prime number itself.",
            (it, report) -> each(it, report, key -> !key.modulus().isProbablePrime(20))),
        error(
            "keys.rsa-close-primes",
            "CVE-2022-26320, FIPS 186-5 A.1.3",
            "Die Primfaktoren des RSA-Moduls liegen nicht beieinander (Fermat).",
            "The prime factors of the RSA modulus aren't close (Fermat).",
            (it, report) -> each(it, report, key -> !RsaNumbers.hasClosePrimes(key.modulus()))),
        error(
            "keys.rsa-roca",
            "CVE-2017-15361",
            "Der RSA-Schlüssel ist nicht von der Bauart, die ROCA angreift.",
            "The RSA key is not of the make that ROCA attacks.",
            (it, report) -> each(it, report, key -> !RsaNumbers.isRoca(key.modulus()))),
        error(
            "keys.rsa-listed",
            "CVE-2008-0166",
            "Der RSA-Schlüssel steht in keiner der Listen schwacher Schlüssel (Debian 2008).",
            "The RSA key is in none of the lists of weak keys (Debian 2008).",
            (it, report) ->
                each(it, report, key -> !it.knowledge().lists().hasModulus(key.modulus()))),
        error(
            "keys.rsa-shared-modulus",
            "RFC 8017 §3.1",
            "Kein anderes Zertifikat hat denselben RSA-Modul.",
            "No other certificate has the same RSA modulus.",
            (it, report) -> shared(it, report, SharedFactors.Match.SAME)),
        error(
            "keys.rsa-shared-factor",
            "Heninger u. a., USENIX Security 2012",
            "Der RSA-Modul hat mit dem keines anderen Zertifikats einen Teiler gemeinsam.",
            "The RSA modulus has no factor in common with that of another certificate.",
            (it, report) -> shared(it, report, SharedFactors.Match.FACTOR)));
  }

  private static void each(Case it, Report report, Test test) {
    it.key().rsa().filter(RsaNumbers::isKey).ifPresent(key -> report.require(test.isSound(key)));
  }

  private static void shared(Case it, Report report, SharedFactors.Match match) {
    boolean vaults = it.context().holder().map(LintContext.Holder::keyInVault).orElse(false);
    Optional<ReadKey.Rsa> key = it.key().rsa().filter(RsaNumbers::isKey);
    if (key.isPresent() && !vaults) {
      report.require(
          !it.knowledge()
              .factors()
              .matches(key.get().modulus(), it.knowledge().keys())
              .contains(match));
    }
  }
}
