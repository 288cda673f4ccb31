package de.kreissiegel.ca.lint;

import de.kreissiegel.hsm.signing.Bytes;
import org.jspecify.annotations.Nullable;

/** One certificate before the lints, with all that is known. */
final class Case {
  private final CertificateReading certificate;
  private final LintContext context;
  private final Knowledge knowledge;
  private KnownKeys.@Nullable Standing standing;

  /**
   * What the house knows, whatever the certificate.
   *
   * @param keys of the database
   * @param lists of weak keys, from files
   * @param factors of stored moduli
   */
  record Knowledge(KnownKeys keys, WeakKeyLists lists, SharedFactors factors) {}

  Case(CertificateReading certificate, LintContext context, Knowledge knowledge) {
    this.certificate = certificate;
    this.context = context;
    this.knowledge = knowledge;
  }

  CertificateReading certificate() {
    return certificate;
  }

  ReadExtensions extensions() {
    return certificate.extensions();
  }

  ReadKey key() {
    return certificate.key();
  }

  ReadName subject() {
    return certificate.subject();
  }

  LintContext context() {
    return context;
  }

  Knowledge knowledge() {
    return knowledge;
  }

  boolean hasUsage(String extendedKeyUsage) {
    return extensions().hasUsage(extendedKeyUsage);
  }

  /** Whether the holder is known to be of this kind. */
  boolean names(HolderKind kind) {
    return context.holder().map(holder -> holder.kind() == kind).orElse(false);
  }

  /** Asked once, unless it came along. */
  KnownKeys.Standing standing() {
    if (standing == null) {
      standing =
          context
              .standing()
              .orElseGet(
                  () ->
                      knowledge
                          .keys()
                          .standing(
                              Bytes.of(key().encoded()).sha256(),
                              context.holder().flatMap(LintContext.Holder::id)));
    }
    return standing;
  }
}
