package de.kreissiegel.hsm.token;

import static org.assertj.core.api.Assertions.assertThat;

import de.kreissiegel.hsm.signing.KeyAlgorithm;
import de.kreissiegel.hsm.signing.KeyId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class SoftwareTokenTest extends TokenContract {
  @Override
  protected Token open(Path state) throws Exception {
    return SoftwareToken.open(state, new SecureRandom());
  }

  @Override
  protected Set<KeyAlgorithm> algorithms() {
    return EnumSet.allOf(KeyAlgorithm.class);
  }

  @Override
  protected List<String> remainsOf(KeyId id) throws Exception {
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .map(file -> String.valueOf(file.getFileName()))
          .filter(name -> name.startsWith(id + "."))
          .toList();
    }
  }

  @Test
  void showsItsFilesToNobodyElse() throws Exception {
    make(KeyAlgorithm.ECDSA_P256);
    try (Stream<Path> files = Files.list(directory)) {
      assertThat(files.toList())
          .isNotEmpty()
          .allSatisfy(
              file ->
                  assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                      .isEqualTo("rw-------"));
    }
  }
}
