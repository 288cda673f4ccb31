package de.kreissiegel.hsm.bench;

import de.kreissiegel.hsm.signing.KeyAlgorithm;
import de.kreissiegel.hsm.token.SignatureProviders;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Provider;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;

/** What a signature costs with the provider that the vault would choose, and nothing around it. */
final class RawSignatures {
  private static final long WARM_UP = 2_000_000_000L;
  private static final long MEASURED = 2_000_000_000L;

  private RawSignatures() {}

  /** Microseconds of this thread's processor time, over 600 octets. */
  static double microsecondsEach(KeyAlgorithm algorithm) throws Exception {
    Provider provider = SignatureProviders.of(algorithm);
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC", provider);
    generator.initialize(new ECGenParameterSpec(algorithm.parameter()), new SecureRandom());
    KeyPair pair = generator.generateKeyPair();
    Signature signature = Signature.getInstance(algorithm.signature(), provider);
    signature.initSign(pair.getPrivate());
    byte[] message = new byte[600];
    count(signature, message, WARM_UP);
    long before = CpuTime.ofThisThread();
    long signed = count(signature, message, MEASURED);
    return (CpuTime.ofThisThread() - before) / 1e3 / signed;
  }

  private static long count(Signature signature, byte[] message, long nanos) throws Exception {
    long end = System.nanoTime() + nanos;
    long signed = 0;
    while (System.nanoTime() < end) {
      for (int i = 0; i < 16; i++) {
        message[i] = (byte) signed;
        signature.update(message);
        signature.sign();
        signed++;
      }
    }
    return signed;
  }
}
