package de.kreissiegel.hsm.token.pkcs11;

import de.kreissiegel.hsm.signing.KeyId;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/** SoftHSM2's library alone, signing with a key that is there already. */
public final class BareSoftHsm {
  private BareSoftHsm() {}

  /**
   * A measurement.
   *
   * @param micros of the signing threads' processor time, a signature
   */
  public record Row(int threads, double perSecond, double micros) {}

  /** With one thread and with two, after warming up. */
  public static List<Row> measure(Pkcs11Config config, KeyId key) throws Exception {
    List<Row> rows = new ArrayList<>();
    try (Pkcs11Token token = Pkcs11Token.open(config, Clock.systemUTC(), new SecureRandom())) {
      token.activate(key, SoftHsm.PIN.toCharArray());
      for (int threads : new int[] {1, 2}) {
        TokenLoad.measure(() -> TokenLoad.bare(config, key), threads);
        double[] told = TokenLoad.measure(() -> TokenLoad.bare(config, key), threads);
        rows.add(new Row(threads, told[0], told[1]));
      }
    }
    return rows;
  }
}
