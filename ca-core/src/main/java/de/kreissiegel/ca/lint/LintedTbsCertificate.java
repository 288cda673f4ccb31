package de.kreissiegel.ca.lint;

import de.kreissiegel.hsm.signing.Bytes;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/** Exactly these octets passed the linter. Only the linter makes one; good for one signature. */
public final class LintedTbsCertificate {
  private final Bytes encoded;
  private final List<LintFinding> remarks;
  private final AtomicBoolean redeemed = new AtomicBoolean();

  private LintedTbsCertificate(Bytes encoded, List<LintFinding> remarks) {
    this.encoded = encoded;
    this.remarks = remarks;
  }

  /** Only for {@link Linter}, which proves its right by what only it can make. */
  static LintedTbsCertificate passed(Linter.Pass pass) {
    return new LintedTbsCertificate(pass.encoded(), pass.remarks());
  }

  /** Warnings and notices: what is signed all the same. */
  public List<LintFinding> remarks() {
    return remarks;
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
