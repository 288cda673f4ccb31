package de.kreissiegel.ca.lint;

import de.kreissiegel.hsm.signing.Bytes;
import java.util.concurrent.atomic.AtomicBoolean;

/** Exactly these octets passed the linter. Only the linter makes one; good for one signature. */
public final class LintedTbsCertificate {
  private final Bytes encoded;
  private final AtomicBoolean redeemed = new AtomicBoolean();

  private LintedTbsCertificate(Bytes encoded) {
    this.encoded = encoded;
  }

  /** Only for {@link Linter}, which proves its right by what only it can make. */
  static LintedTbsCertificate passed(Linter.Pass pass) {
    return new LintedTbsCertificate(pass.encoded());
  }

  /**
   * The octets, to be signed.
   *
   * @throws IllegalStateException if they were taken before
   */
  public Bytes redeem() {
    if (!redeemed.compareAndSet(false, true)) {
      throw new IllegalStateException("linted once, to be signed once");
    }
    return encoded;
  }
}
