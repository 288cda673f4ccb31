package de.kreissiegel.ca.lint;

import de.kreissiegel.hsm.signing.Bytes;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.crypto.agreement.DHStandardGroups;

/** Of {@link RsaKeyLints}, {@link EcKeyLints} and {@link KnownKeyLints}. */
final class KeyCases {
  private static final Trial RSA = Trial.of("vpn-client", SampleKeys.RSA);
  private static final Trial ELLIPTIC = Trial.of("vpn-client");

  private KeyCases() {}

  static void add(LintCases cases) {
    rsa(cases);
    shared(cases);
    elliptic(cases);
    known(cases);
  }

  private static void rsa(LintCases cases) {
    cases.trips(
        "keys.rsa-form",
        RSA,
        it -> it.key(SampleKeys.info(Oids.RSA, DERNull.INSTANCE, new byte[] {5, 0})),
        it -> it.key(SampleKeys.rsa(SampleKeys.MODULUS.negate())),
        it -> it.key(SampleKeys.rsa(BigInteger.ONE.shiftLeft(20_000))));
    cases.trips(
        "keys.rsa-exponent",
        RSA,
        it -> it.key(SampleKeys.rsa(SampleKeys.MODULUS, BigInteger.valueOf(3))),
        it -> it.key(SampleKeys.rsa(SampleKeys.MODULUS, BigInteger.valueOf(65_538))),
        it -> it.key(SampleKeys.rsa(SampleKeys.MODULUS, BigInteger.ONE.shiftLeft(256).setBit(0))));
    cases.trips(
        "keys.rsa-small-prime",
        RSA,
        it -> it.key(SampleKeys.rsa(SampleKeys.MODULUS.multiply(BigInteger.valueOf(65_521)))),
        it -> it.key(SampleKeys.rsa(SampleKeys.MODULUS.clearBit(0))));
    cases.trips(
        "keys.rsa-prime",
        RSA,
        it -> it.key(SampleKeys.rsa(SampleKeys.prime(DHStandardGroups.rfc3526_3072))));
    cases.trips(
        "keys.rsa-close-primes",
        RSA,
        it -> it.key(SampleKeys.rsa(SampleKeys.closePrimes())),
        it -> it.key(SampleKeys.rsa(SampleKeys.prime(DHStandardGroups.rfc3526_1536).pow(2))));
    cases.trips("keys.rsa-roca", RSA, it -> it.key(SampleKeys.rsa(SampleKeys.roca())));
    cases.trips(
        "keys.rsa-listed",
        RSA.listing(list("# another key's\n" + "0".repeat(20) + "\n")),
        it -> it.listing(list("\n" + WeakKeyLists.end(SampleKeys.MODULUS) + "\n")));
  }

  private static WeakKeyLists list(String content) {
    try {
      Path folder = Files.createTempDirectory("lists");
      Path file = Files.writeString(folder.resolve("blacklist.RSA-3072"), content);
      WeakKeyLists lists = WeakKeyLists.read(folder);
      Files.delete(file);
      Files.delete(folder);
      return lists;
    } catch (IOException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static void shared(LintCases cases) {
    BigInteger p = SampleKeys.prime(DHStandardGroups.rfc3526_1536);
    BigInteger one = p.multiply(SampleKeys.prime(DHStandardGroups.rfc3526_2048));
    BigInteger other = p.multiply(SampleKeys.prime(DHStandardGroups.rfc7919_ffdhe2048));
    Trial passes = RSA.knowing(moduli(List.of(one, other)));
    cases.trips(
        "keys.rsa-shared-modulus",
        passes,
        it -> it.key(SampleKeys.rsa(one, BigInteger.valueOf(65_539))));
    cases.trips(
        "keys.rsa-shared-factor",
        passes,
        it ->
            it.key(
                SampleKeys.rsa(p.multiply(SampleKeys.prime(DHStandardGroups.rfc7919_ffdhe3072)))));
  }

  private static void elliptic(LintCases cases) {
    byte[] point =
        SampleKeys.curve("secp256r1")
            .getG()
            .multiply(new BigInteger("123456789123"))
            .getEncoded(false);
    cases.trips(
        "keys.ec-form",
        ELLIPTIC,
        it -> it.key(SampleKeys.point(compressed())),
        it -> it.key(SampleKeys.point(Arrays.copyOf(point, 64))),
        it -> it.key(SampleKeys.point(new byte[0])));
    cases.trips("keys.ec-infinity", ELLIPTIC, it -> it.key(SampleKeys.point(new byte[1])));
    byte[] beside = point.clone();
    beside[64] ^= 1;
    byte[] huge = new byte[65];
    Arrays.fill(huge, (byte) 0xff);
    huge[0] = 4;
    cases.trips(
        "keys.ec-curve",
        ELLIPTIC,
        it -> it.key(SampleKeys.point(beside)),
        it -> it.key(SampleKeys.point(huge)));
    BigInteger order = SampleKeys.curve("secp256r1").getN();
    cases.trips(
        "keys.ec-trivial",
        ELLIPTIC,
        it -> it.key(SampleKeys.elliptic(BigInteger.ONE)),
        it -> it.key(SampleKeys.elliptic(BigInteger.valueOf(1024))),
        it -> it.key(SampleKeys.elliptic(BigInteger.ONE.shiftLeft(200))),
        it -> it.key(SampleKeys.elliptic(order.subtract(BigInteger.valueOf(77)))));
  }

  private static byte[] compressed() {
    return SampleKeys.curve("secp256r1")
        .getG()
        .multiply(new BigInteger("123456789123"))
        .getEncoded(true);
  }

  private static void known(LintCases cases) {
    // What is in the vault is certified again and again.
    cases.trips(
        "keys.certified",
        Trial.of("ocsp-responder-people").knowing(standing(true, false, Optional.empty())),
        _ -> ELLIPTIC.knowing(standing(true, false, Optional.empty())));
    cases.trips(
        "keys.revoked",
        Trial.of("ocsp-responder-people").knowing(standing(true, false, Optional.empty())),
        it -> it.knowing(standing(true, true, Optional.empty())),
        _ -> ELLIPTIC.knowing(standing(true, true, Optional.empty())));
    cases.trips(
        "keys.compromised",
        ELLIPTIC,
        it -> it.knowing(standing(false, false, Optional.of(KnownKeys.Listing.COMPROMISED))));
    cases.trips(
        "keys.component",
        ELLIPTIC,
        it -> it.knowing(standing(false, false, Optional.of(KnownKeys.Listing.COMPONENT))));
  }

  private static KnownKeys standing(
      boolean certified, boolean revoked, Optional<KnownKeys.Listing> listed) {
    return standing(new KnownKeys.Standing(certified, revoked, listed, false));
  }

  static KnownKeys standing(KnownKeys.Standing standing) {
    return new KnownKeys() {
      @Override
      public Standing standing(Bytes keyHash, Optional<String> holder) {
        return standing;
      }

      @Override
      public Moduli moduliSince(long position) {
        return new Moduli(List.of(), position);
      }
    };
  }

  static KnownKeys moduli(List<BigInteger> moduli) {
    return new KnownKeys() {
      @Override
      public Standing standing(Bytes keyHash, Optional<String> holder) {
        return Standing.UNKNOWN;
      }

      @Override
      public Moduli moduliSince(long position) {
        return new Moduli(moduli, position + 1);
      }
    };
  }
}
