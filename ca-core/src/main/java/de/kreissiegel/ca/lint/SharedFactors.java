package de.kreissiegel.ca.lint;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The RSA moduli of all stored certificates, multiplied in chunks: to find a common factor with any
 * of a chunk takes one reduction of its product, not one for each modulus.
 */
final class SharedFactors {
  private static final int CHUNK = 64;

  /** What a modulus has in common with a stored one. */
  enum Match {
    /** All of it. */
    SAME,
    /** One factor. */
    FACTOR
  }

  private final List<Chunk> chunks = new ArrayList<>();
  private final Set<BigInteger> known = new HashSet<>();
  private long position;

  private static final class Chunk {
    private final List<BigInteger> moduli = new ArrayList<>(CHUNK);
    private BigInteger product = BigInteger.ONE;
  }

  /** What the modulus has in common with those that the book knows of now. */
  synchronized Set<Match> matches(BigInteger modulus, KnownKeys book) {
    catchUp(book);
    // The residues are multiplied, too, so that almost always one gcd is enough for all chunks.
    BigInteger residue = BigInteger.ONE;
    for (Chunk chunk : chunks) {
      residue = residue.multiply(chunk.product.mod(modulus)).mod(modulus);
    }
    return residue.gcd(modulus).equals(BigInteger.ONE) ? Set.of() : search(modulus);
  }

  private Set<Match> search(BigInteger modulus) {
    Set<Match> matches = EnumSet.noneOf(Match.class);
    for (Chunk chunk : chunks) {
      if (!chunk.product.mod(modulus).gcd(modulus).equals(BigInteger.ONE)) {
        for (BigInteger other : chunk.moduli) {
          if (other.equals(modulus)) {
            matches.add(Match.SAME);
          } else if (!other.gcd(modulus).equals(BigInteger.ONE)) {
            matches.add(Match.FACTOR);
          }
        }
      }
    }
    return matches;
  }

  private void catchUp(KnownKeys book) {
    KnownKeys.Moduli more = book.moduliSince(position);
    for (BigInteger modulus : more.moduli()) {
      if (modulus.signum() > 0 && known.add(modulus)) {
        add(modulus);
      }
    }
    position = more.position();
  }

  private void add(BigInteger modulus) {
    if (chunks.isEmpty() || chunks.getLast().moduli.size() == CHUNK) {
      chunks.add(new Chunk());
    }
    Chunk last = chunks.getLast();
    last.moduli.add(modulus);
    last.product = last.product.multiply(modulus);
  }
}
