package de.kreissiegel.hsm.approval;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.spec.RSAPrivateCrtKeySpec;
import java.security.spec.RSAPublicKeySpec;

/** RSA keys of tests: finding primes takes longer than all tests together. */
final class TestRsa {
  private static final BigInteger EXPONENT = BigInteger.valueOf(65537);

  private TestRsa() {}

  static KeyPair bits3072() throws GeneralSecurityException {
    return pair(
        "d68ca1f5a06446e1757fa0d9f9e215067cf0c62baa26e75531675f38dc44596b078b04ac57e5"
            + "916112bb82a13598dc8d4644f45aec90a39d6b7b47107d22c9e536febc5d1263892b73bb0552"
            + "41a84c7d4c6efc0ecfac29bdd545fe60cb45cfda82f2c10b0d8fa9503bd1c0d9c4db9953e51b"
            + "1d2cfe4b6e1c80223ff4d71199820a7400428e89bba1ae10b6a23a39db8098a7a203902239cf"
            + "8388b8907fe2db005f0e0b44cc3edb1be5a1d49ea9ecab4a63b0246ad2c04188ac2383299101"
            + "35b5",
        "cba54e311790cfb5bf84f82acc18387dd760f0d49b932d4bba2a02cf8ba218e044f73d6402c0"
            + "a9b6630b9de8a9268946b5927e992f03ec9d6d867bfe57104bfcc4852da9ceb72d65472a67a9"
            + "877cf68c76d54ad7478d7626d7c14a38b8c775f368a45e2b0a360f978723f1ab1e49039522b7"
            + "0cd8867f038c91f037e7260a243663c17bd5530c3e976214efa3acfa64e69495cfdd9a1b29e1"
            + "3a9ae2263ed28bdad17b09fb8226f8d9aba55a5c77c200c97f65568a43a9286906bf0dde3acb"
            + "4f21");
  }

  static KeyPair bits2048() throws GeneralSecurityException {
    return pair(
        "e6344ff9e0d2830936467efc841e3be5e890e3c609a8e6984b8fb8323068321098103cccf875"
            + "73cd22d087c8bf3f0fcec092d0d078d3a75b7b09935d2ee976e6de41a4242f1514096771fb7c"
            + "20db2e42baca547d6921b8e0ee3264b4a2ae55b217f1d2c6d50b40992d654fd68ec43ef53e06"
            + "d4128fb11615b8c4dc7245a81733",
        "e42d3e33d7a47c97c0a37f7891c33c7dd755ba8547b15f47cbed28917a86d55f283eb8dea1f8"
            + "11badbff051c7acaec4a33ee38793bf8024c3d464919635e66ddfe970941c9dd8b5c0b336c4f"
            + "2130c19c9b5aa6fb2f4c1a0ee75877e109567a73f50c69f2d9ebde5853ec480503cbc2a1d255"
            + "8be4eae8b8f5e5a1f7c4b0058bfb");
  }

  private static KeyPair pair(String first, String second) throws GeneralSecurityException {
    BigInteger p = new BigInteger(first, 16);
    BigInteger q = new BigInteger(second, 16);
    BigInteger n = p.multiply(q);
    BigInteger p1 = p.subtract(BigInteger.ONE);
    BigInteger q1 = q.subtract(BigInteger.ONE);
    BigInteger d = EXPONENT.modInverse(p1.multiply(q1));
    KeyFactory factory = KeyFactory.getInstance("RSA");
    return new KeyPair(
        factory.generatePublic(new RSAPublicKeySpec(n, EXPONENT)),
        factory.generatePrivate(
            new RSAPrivateCrtKeySpec(n, EXPONENT, d, p, q, d.mod(p1), d.mod(q1), q.modInverse(p))));
  }
}
