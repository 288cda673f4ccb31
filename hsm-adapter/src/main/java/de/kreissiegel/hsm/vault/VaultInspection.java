package de.kreissiegel.hsm.vault;

import de.kreissiegel.hsm.journal.JournalVerifier;
import de.kreissiegel.hsm.journal.OrderSignatures;
import de.kreissiegel.hsm.journal.VerificationReport;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.KeyId;
import de.kreissiegel.hsm.token.SoftwareToken;
import de.kreissiegel.hsm.token.Token;
import de.kreissiegel.hsm.token.TokenKey;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bouncycastle.crypto.CryptoServicesRegistrar;

/**
 * A vault seen from outside: without a passphrase, without its lock, changing nothing; so also
 * while a signer has it open.
 *
 * @param policies how many policies there are
 * @param unsigned a sentence for each policy that the signer would refuse
 * @param journal what the verification of the journal says
 */
public record VaultInspection(
    int policies,
    List<String> unsigned,
    List<KeyId> keysWithoutPolicy,
    List<KeyId> policiesWithoutKey,
    VerificationReport journal) {
  /**
   * Looks at a vault's directory.
   *
   * @param elsewhere its keys on other tokens, as far as they are known
   * @throws IOException if there is no vault, or it can't be read
   */
  public static VaultInspection of(Path directory, List<TokenKey> elsewhere) throws IOException {
    VaultFiles files = new VaultFiles(directory);
    if (!files.complete()) {
      throw new IOException("there is no vault in " + directory);
    }
    try {
      Map<KeyId, TokenKey> keys = keys(files, elsewhere);
      List<KeyId> withPolicy = files.policies();
      List<String> unsigned = new ArrayList<>();
      Bytes ceremonyKey = files.ceremonyPublicKey();
      for (KeyId id : withPolicy) {
        TokenKey key = keys.get(id);
        if (key != null && SealedPolicy.exists(files, key)) {
          try {
            SealedPolicy unused = SealedPolicy.read(files, key, ceremonyKey);
          } catch (VaultDamaged damaged) {
            unsigned.add(String.valueOf(damaged.getMessage()));
          }
        }
      }
      return new VaultInspection(
          withPolicy.size(),
          unsigned,
          keys.values().stream()
              .filter(key -> !InnerKeys.are(key.id()) && !SealedPolicy.exists(files, key))
              .map(TokenKey::id)
              .toList(),
          withPolicy.stream().filter(id -> !keys.containsKey(id)).toList(),
          JournalVerifier.verify(
              files.journal(),
              files.sheet().journalPublicKey(),
              List.of(),
              List.of(),
              Optional.of(OrderSignatures.by(files.sheet().ceremonyPublicKey()))));
    } catch (VaultDamaged damaged) {
      throw new IOException(damaged.getMessage(), damaged);
    }
  }

  /**
   * The HSMs that a vault names.
   *
   * @throws IOException if there is no vault, or its sheet can't be read
   */
  public static List<NamedHsm> hsms(Path directory) throws IOException {
    VaultFiles files = new VaultFiles(directory);
    if (!files.complete()) {
      throw new IOException("there is no vault in " + directory);
    }
    try {
      return files.sheet().tokens().stream().map(NamedHsm::of).toList();
    } catch (VaultDamaged damaged) {
      throw new IOException(damaged.getMessage(), damaged);
    }
  }

  private static Map<KeyId, TokenKey> keys(VaultFiles files, List<TokenKey> elsewhere)
      throws IOException {
    Map<KeyId, TokenKey> keys = new LinkedHashMap<>();
    try (Token software =
        SoftwareToken.open(files.keys(), CryptoServicesRegistrar.getSecureRandom())) {
      software.keys().forEach(key -> keys.put(key.id(), key));
    }
    elsewhere.forEach(key -> keys.putIfAbsent(key.id(), key));
    return keys;
  }
}
