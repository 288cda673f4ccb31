package de.kreissiegel.ca.lint;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** What can be seen of an RSA modulus quickly. */
final class RsaNumbers {
  private static final int LONGEST = 16_384;
  private static final int SMALL = 1 << 16;
  private static final int FERMAT_STEPS = 1000;

  /** The primes that Infineon's library built with, for moduli of 1984 bits and more. */
  private static final int ROCA_PRIMES = 701;

  private static final int ROCA_PRIMES_OF_SHORT_KEYS = 167;
  private static final int ROCA_GENERATOR = 65_537;

  private static final BigInteger PRIMORIAL = product(primes(SMALL), 0, primes(SMALL).length);
  private static final List<Residues> ROCA = residues();

  private RsaNumbers() {}

  /** Which residues of a prime the powers of the generator are. */
  private record Residues(int prime, BitSet powers) {}

  /** Whether it is worth a look: positive and of a size that can be computed with. */
  static boolean isKey(ReadKey.Rsa key) {
    return key.modulus().signum() > 0
        && key.exponent().signum() > 0
        && key.modulus().bitLength() > 2 * 16
        && key.modulus().bitLength() <= LONGEST;
  }

  static boolean hasSmallPrime(BigInteger modulus) {
    return !PRIMORIAL.mod(modulus).gcd(modulus).equals(BigInteger.ONE);
  }

  /** Fermat's way: N = a² - b², with a next to the root of N. */
  static boolean hasClosePrimes(BigInteger modulus) {
    if (!modulus.testBit(0)) {
      return false; // a small prime
    }
    BigInteger[] root = modulus.sqrtAndRemainder();
    if (root[1].signum() == 0) {
      return true;
    }
    BigInteger a = root[0].add(BigInteger.ONE);
    BigInteger square = a.multiply(a).subtract(modulus);
    for (int step = 0; step < FERMAT_STEPS; step++) {
      if (mayBeSquare(square) && square.sqrtAndRemainder()[1].signum() == 0) {
        return true;
      }
      square = square.add(a.shiftLeft(1)).add(BigInteger.ONE);
      a = a.add(BigInteger.ONE);
    }
    return false;
  }

  /** Squares modulo 64, which 12 of 64 numbers are. */
  private static boolean mayBeSquare(BigInteger number) {
    int low = number.intValue() & 63;
    for (int root = 0; root < 64; root++) {
      if ((root * root & 63) == low) {
        return true;
      }
    }
    return false;
  }

  /**
   * Whether its residues are all powers of 65537, as those of keys by Infineon's library are (Nemec
   * and others, CCS 2017, §3); of other keys less than one in 2^100 is.
   */
  static boolean isRoca(BigInteger modulus) {
    int last = modulus.bitLength() >= 1984 ? ROCA_PRIMES : ROCA_PRIMES_OF_SHORT_KEYS;
    for (Residues residues : ROCA) {
      if (residues.prime > last) {
        break;
      }
      if (!residues.powers.get(modulus.mod(BigInteger.valueOf(residues.prime)).intValue())) {
        return false;
      }
    }
    return true;
  }

  private static List<Residues> residues() {
    List<Residues> all = new ArrayList<>();
    for (int prime : primes(ROCA_PRIMES + 1)) {
      if (prime == 2) {
        continue;
      }
      BitSet powers = new BitSet(prime);
      long power = 1;
      while (!powers.get((int) power)) {
        powers.set((int) power);
        power = power * ROCA_GENERATOR % prime;
      }
      all.add(new Residues(prime, powers));
    }
    return all;
  }

  private static int[] primes(int below) {
    BitSet composite = new BitSet(below);
    List<Integer> primes = new ArrayList<>();
    for (int number = 2; number < below; number++) {
      if (!composite.get(number)) {
        primes.add(number);
        for (long multiple = (long) number * number; multiple < below; multiple += number) {
          composite.set((int) multiple);
        }
      }
    }
    return primes.stream().mapToInt(Integer::intValue).toArray();
  }

  private static BigInteger product(int[] factors, int from, int to) {
    if (to - from == 1) {
      return BigInteger.valueOf(factors[from]);
    }
    int middle = (from + to) >>> 1;
    return product(factors, from, middle).multiply(product(factors, middle, to));
  }
}
