package de.kreissiegel.hsm.token;

import static org.assertj.core.api.Assertions.assertThat;

import de.kreissiegel.hsm.signing.KeyAlgorithm;
import java.io.File;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** A process in which the native provider is not to be had. */
final class WithoutNativeCodeTest {
  @Test
  void computesByBouncyCastleAndSaysSo() throws Exception {
    String classPath =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(part -> !part.contains("AmazonCorrettoCryptoProvider"))
            .collect(Collectors.joining(File.pathSeparator));
    Process child =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                classPath,
                WithoutNativeCodeTest.class.getName())
            .redirectErrorStream(true)
            .start();
    List<String> lines = child.inputReader().readAllLines();
    assertThat(child.waitFor()).as(lines.toString()).isZero();
    assertThat(lines)
        .contains("BC BC SUN")
        .anySatisfy(line -> assertThat(line).contains("does not load", "NoClassDefFoundError"));
  }

  public static void main(String[] arguments) {
    System.out.println(
        SignatureProviders.of(KeyAlgorithm.ECDSA_P256).getName()
            + " "
            + SignatureProviders.of(KeyAlgorithm.RSA_3072_DECRYPT).getName()
            + " "
            + SignatureProviders.of(KeyAlgorithm.ML_DSA_65).getName());
  }
}
