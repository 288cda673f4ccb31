package de.kreissiegel.hsm.ceremony;

import de.kreissiegel.hsm.journal.Digests;
import de.kreissiegel.hsm.signing.Bytes;
import java.util.Map;

/**
 * What the ceremony's key signs for a folder of files: it names the digest of the folder's {@code
 * SHA256SUMS}, which names those of the files.
 */
public final class Seal {
  /** Its file. */
  public static final String FILE = "seal.json";

  /** Its signature's file. */
  public static final String SIGNATURE = FILE + ".sig";

  private static final String ACT = "seal";

  private Seal() {}

  /** The octets to be signed: canonical JSON. */
  public static Bytes over(Bytes sums) {
    return Bytes.of(
        CanonicalJson.write(
            Map.of(
                CeremonyRecord.MARK,
                CeremonyRecord.VERSION,
                "act",
                ACT,
                "sha256sums",
                Digests.sha256(sums.toArray()).toHex())));
  }

  static boolean is(Map<String, Object> members) {
    return ACT.equals(members.get("act"));
  }
}
