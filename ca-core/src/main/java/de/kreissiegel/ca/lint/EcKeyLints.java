package de.kreissiegel.ca.lint;

import static de.kreissiegel.ca.lint.Lint.error;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;

/** Points of elliptic curves: SP 800-56A §5.6.2.3.3, RFC 5480 §2.2. */
final class EcKeyLints {
  private EcKeyLints() {}

  static List<Lint> all() {
    return List.of(
        error(
            "keys.ec-form",
            "RFC 5480 §2.2",
            "Der Punkt ist unkomprimiert und so lang, wie die Kurve es verlangt.",
            "The point is uncompressed and as long as the curve asks for.",
            (it, report) ->
                curve(it)
                    .ifPresent(
                        curve ->
                            report.require(
                                curve.hasForm(it.key().bits()) || isInfinity(it.key())))),
        error(
            "keys.ec-infinity",
            "SP 800-56A §5.6.2.3.3",
            "Der Punkt ist nicht der im Unendlichen.",
            "The point is not the one at infinity.",
            (it, report) -> report.require(!it.key().isEc() || !isInfinity(it.key()))),
        error(
            "keys.ec-curve",
            "SP 800-56A §5.6.2.3.3, CVE-2020-0601",
            "Der Punkt liegt auf der Kurve.",
            "The point is on the curve.",
            (it, report) ->
                curve(it)
                    .filter(curve -> curve.hasForm(it.key().bits()))
                    .ifPresent(curve -> report.require(curve.holds(it.key().bits())))),
        error(
            "keys.ec-trivial",
            "SP 800-56A §5.6.1.2",
            "Der private Schlüssel ist keine Zahl, die jeder probiert (bis 1024, Zweierpotenzen).",
            "The private key is no number that everybody tries (up to 1024, powers of two).",
            (it, report) ->
                curve(it)
                    .filter(curve -> curve.hasForm(it.key().bits()))
                    .ifPresent(curve -> report.require(!curve.isTrivial(x(it.key().bits()))))));
  }

  private static Optional<KnownCurve> curve(Case it) {
    return it.key().curve().flatMap(KnownCurve::of);
  }

  private static boolean isInfinity(ReadKey key) {
    return key.bits().length == 1 && key.bits()[0] == 0;
  }

  private static BigInteger x(byte[] point) {
    return new BigInteger(1, point, 1, (point.length - 1) / 2);
  }
}
