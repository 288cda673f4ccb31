package de.kreissiegel.ra.ceremony;

import de.kreissiegel.hsm.policy.KeyPolicy;
import de.kreissiegel.hsm.policy.PolicyFault;
import de.kreissiegel.hsm.policy.PolicyFile;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.KeyId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;

/**
 * A policy as people bring it into a ceremony: the sections of a key's policy file. Which key it is
 * for is the ceremony's to say; lines that name one are passed over.
 */
final class PolicyText {
  private static final Bytes NO_KEY = Bytes.of(new byte[0]);

  private PolicyText() {}

  static KeyPolicy read(Room room, KeyId key, Path file) throws CeremonyFailed, IOException {
    String sections =
        new String(octets(file), StandardCharsets.UTF_8)
            .lines()
            .filter(line -> !line.matches("(version|key|public-key):.*"))
            .collect(Collectors.joining("\n", "", "\n"));
    String head = PolicyFile.write(key, NO_KEY, KeyPolicy.nothing());
    try {
      return PolicyFile.read(key, NO_KEY, file.toString(), head + sections);
    } catch (PolicyFault fault) {
      throw new CeremonyFailed(
          room.words().say("fail.policy", String.valueOf(fault.getMessage())), fault);
    }
  }

  static byte[] octets(Path file) throws IOException {
    return Files.readAllBytes(file);
  }
}
