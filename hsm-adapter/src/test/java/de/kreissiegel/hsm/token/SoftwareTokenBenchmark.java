package de.kreissiegel.hsm.token;

import de.kreissiegel.hsm.signing.KeyAlgorithm;
import de.kreissiegel.hsm.signing.KeyId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.Provider;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.time.Clock;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Signatures of the software token, each algorithm by the provider that was chosen for it, over 600
 * octets that differ each time; and of the bare provider for P-256, the unit that all else is told
 * in.
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
public class SoftwareTokenBenchmark {
  private static final int OCTETS = 600;

  /** A token with one key. */
  @State(Scope.Thread)
  public static class Signing {
    @Param({
      "ecdsa-p256",
      "ecdsa-p384",
      "ecdsa-p521",
      "ecdsa-brainpoolP256r1",
      "ecdsa-brainpoolP384r1",
      "ecdsa-brainpoolP512r1",
      "rsa-3072-pss",
      "rsa-4096-pss",
      "ml-dsa-65",
      "ml-dsa-87",
      "ml-dsa-65-ecdsa-p256",
      "slh-dsa-sha2-192s",
      "ed25519"
    })
    public String algorithm;

    private final KeyId key = new KeyId("benchmark");
    private final byte[] message = new byte[OCTETS];
    private int count;
    private Path directory;
    private SoftwareToken token;

    @Setup
    public void make() throws Exception {
      directory = Files.createTempDirectory("token");
      token = SoftwareToken.open(directory, new SecureRandom(), Clock.systemUTC());
      token.make(
          key, KeyAlgorithm.ofWord(algorithm), "passphrase-of-a-benchmark".toCharArray(), false);
    }

    @TearDown
    public void close() throws Exception {
      token.destroy(key);
      token.close();
      Files.delete(directory);
    }
  }

  /** The provider alone. */
  @State(Scope.Thread)
  public static class Bare {
    private final byte[] message = new byte[OCTETS];
    private int count;
    private Signature signature;

    @Setup
    public void make() throws Exception {
      Provider provider = SignatureProviders.of(KeyAlgorithm.ECDSA_P256);
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC", provider);
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      signature = Signature.getInstance(KeyAlgorithm.ECDSA_P256.signature(), provider);
      signature.initSign(generator.generateKeyPair().getPrivate());
    }
  }

  @Benchmark
  public Object token(Signing signing) throws Exception {
    signing.message[signing.count++ % OCTETS]++;
    return signing.token.sign(signing.key, signing.message);
  }

  @Benchmark
  public Object bareP256(Bare bare) throws Exception {
    bare.message[bare.count++ % OCTETS]++;
    bare.signature.update(bare.message);
    return bare.signature.sign();
  }
}
