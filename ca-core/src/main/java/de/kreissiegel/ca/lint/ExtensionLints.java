package de.kreissiegel.ca.lint;

import static de.kreissiegel.ca.lint.Lint.error;
import static de.kreissiegel.ca.lint.Lint.warning;

import de.kreissiegel.hsm.signing.Bytes;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Extensions as such, and those of identity and constraints: RFC 5280 §4.2. */
final class ExtensionLints {
  /** Those that RFC 5280 wants never to be critical. */
  private static final Set<String> NEVER_CRITICAL =
      Set.of(
          Oids.AUTHORITY_KEY_IDENTIFIER,
          Oids.SUBJECT_KEY_IDENTIFIER,
          Oids.SUBJECT_DIRECTORY_ATTRIBUTES,
          Oids.FRESHEST_CRL,
          Oids.AUTHORITY_INFO_ACCESS,
          Oids.SUBJECT_INFO_ACCESS,
          Oids.SMIME_CAPABILITIES,
          Oids.OCSP_NOCHECK,
          Oids.MS_SID);

  private static final Set<String> ONLY_IN_CA =
      Set.of(
          Oids.NAME_CONSTRAINTS,
          Oids.POLICY_MAPPINGS,
          Oids.POLICY_CONSTRAINTS,
          Oids.INHIBIT_ANY_POLICY);

  private static final Set<String> KNOWN =
      Set.of(
          Oids.SUBJECT_DIRECTORY_ATTRIBUTES,
          Oids.SUBJECT_KEY_IDENTIFIER,
          Oids.KEY_USAGE,
          Oids.SUBJECT_ALT_NAME,
          Oids.ISSUER_ALT_NAME,
          Oids.BASIC_CONSTRAINTS,
          Oids.CRL_DISTRIBUTION_POINTS,
          Oids.CERTIFICATE_POLICIES,
          Oids.AUTHORITY_KEY_IDENTIFIER,
          Oids.EXT_KEY_USAGE,
          Oids.FRESHEST_CRL,
          Oids.AUTHORITY_INFO_ACCESS,
          Oids.SUBJECT_INFO_ACCESS,
          Oids.TLS_FEATURE,
          Oids.OCSP_NOCHECK,
          Oids.SMIME_CAPABILITIES,
          Oids.MS_SID);

  private ExtensionLints() {}

  static List<Lint> all() {
    return List.of(
        error(
            "rfc5280.extension-duplicate",
            "RFC 5280 §4.2",
            "Keine Erweiterung kommt zweimal vor.",
            "No extension comes twice.",
            ExtensionLints::duplicates),
        error(
            "rfc5280.extension-default",
            "RFC 5280 §4.1, X.690 §11.5",
            "Eine nicht kritische Erweiterung schreibt critical nicht hin.",
            "An extension that isn't critical doesn't write critical out.",
            (it, report) -> each(it, report, one -> !one.saysDefault())),
        error(
            "rfc5280.extension-form",
            "RFC 5280 §4.2",
            "Der Wert jeder bekannten Erweiterung ist, was ihr Standard vorschreibt.",
            "The value of each known extension is what its standard asks for.",
            (it, report) -> it.extensions().malformed().forEach(report::broken)),
        error(
            "rfc5280.extension-critical-unknown",
            "RFC 5280 §4.2",
            "Keine Erweiterung ist kritisch, die nicht jeder kennt.",
            "No extension is critical that not everybody knows.",
            (it, report) ->
                each(
                    it,
                    report,
                    one ->
                        !one.critical()
                            || KNOWN.contains(one.type())
                            || ONLY_IN_CA.contains(one.type()))),
        warning(
            "house.extension-unknown",
            "docs/lints.md",
            "Jede Erweiterung ist eine, die der Linter kennt und prüft.",
            "Each extension is one that the linter knows and checks.",
            (it, report) ->
                each(
                    it,
                    report,
                    one -> KNOWN.contains(one.type()) || ONLY_IN_CA.contains(one.type()))),
        error(
            "rfc5280.extension-never-critical",
            "RFC 5280 §4.2.1.1, §4.2.1.2, §4.2.1.8, §4.2.1.15, §4.2.2, RFC 4262 §2",
            "Erweiterungen, die nie kritisch sein dürfen, sind es nicht.",
            "Extensions that may never be critical aren't.",
            (it, report) ->
                each(it, report, one -> !one.critical() || !NEVER_CRITICAL.contains(one.type()))),
        error(
            "rfc5280.extension-ca-only",
            "RFC 5280 §4.2.1.5, §4.2.1.10, §4.2.1.11, §4.2.1.14",
            "Was nur in CA-Zertifikate gehört, fehlt.",
            "What belongs into a CA's certificate only is not there.",
            (it, report) -> each(it, report, one -> !ONLY_IN_CA.contains(one.type()))),
        error(
            "rfc5280.authority-key",
            "RFC 5280 §4.2.1.1",
            "authorityKeyIdentifier nennt den Schlüssel der ausstellenden CA.",
            "authorityKeyIdentifier names the issuing CA's key.",
            ExtensionLints::authorityKey),
        error(
            "rfc5280.authority-key-pair",
            "RFC 5280 A.2",
            "authorityCertIssuer und authorityCertSerialNumber stehen beide da oder keines.",
            "authorityCertIssuer and authorityCertSerialNumber are both there, or none.",
            (it, report) ->
                it.extensions()
                    .authorityKey()
                    .ifPresent(key -> report.require(key.issuer() == key.serial()))),
        error(
            "rfc5280.subject-key",
            "RFC 5280 §4.2.1.2, RFC 7093 §2",
            "subjectKeyIdentifier ist der des Schlüssels: 160 Bit seines SHA-256.",
            "subjectKeyIdentifier is the key's: 160 bits of its SHA-256.",
            ExtensionLints::subjectKey),
        error(
            "rfc5280.basic-constraints",
            "RFC 5280 §4.2.1.9",
            "basicConstraints ist kritisch und sagt: keine CA, keine Pfadlänge.",
            "basicConstraints is critical and says: no CA, no path length.",
            (it, report) ->
                report.require(
                    it.extensions().isCritical(Oids.BASIC_CONSTRAINTS)
                        && it.extensions()
                            .constraints()
                            .map(value -> !value.ca() && value.pathLength().isEmpty())
                            .orElse(false))),
        error(
            "rfc5280.directory-attributes-empty",
            "RFC 5280 §4.2.1.8",
            "subjectDirectoryAttributes hat mindestens ein Attribut.",
            "subjectDirectoryAttributes has at least one attribute.",
            (it, report) ->
                report.require(
                    !it.extensions().has(Oids.SUBJECT_DIRECTORY_ATTRIBUTES)
                        || !it.extensions().directoryAttributes().isEmpty())));
  }

  private static void each(
      Case it, Report report, java.util.function.Predicate<ReadExtension> holds) {
    for (ReadExtension extension : it.extensions().all()) {
      if (!holds.test(extension)) {
        report.broken(extension.type());
      }
    }
  }

  private static void duplicates(Case it, Report report) {
    Set<String> seen = new HashSet<>();
    each(it, report, one -> seen.add(one.type()));
  }

  private static void authorityKey(Case it, Report report) {
    byte[] there =
        it.extensions()
            .authorityKey()
            .flatMap(ExtensionValues.AuthorityKey::identifier)
            .orElse(new byte[0]);
    report.require(
        there.length > 0
            && it.context()
                .issuer()
                .map(issuer -> Arrays.equals(issuer.keyIdentifier().toArray(), there))
                .orElse(true));
  }

  private static void subjectKey(Case it, Report report) {
    if (it.context().order().isEmpty()) {
      // A stranger's identifier may be made in any way.
      report.require(it.extensions().subjectKey().map(value -> value.length > 0).orElse(false));
      return;
    }
    byte[] hash = Bytes.of(it.key().bits()).sha256().toArray();
    report.require(
        Arrays.equals(it.extensions().subjectKey().orElse(new byte[0]), Arrays.copyOf(hash, 20)));
  }
}
