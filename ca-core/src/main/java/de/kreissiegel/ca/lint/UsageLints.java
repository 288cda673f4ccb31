package de.kreissiegel.ca.lint;

import static de.kreissiegel.ca.lint.Lint.error;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** keyUsage and extKeyUsage: RFC 5280 §4.2.1.3, §4.2.1.12, and those that say more of both. */
final class UsageLints {
  static final int DIGITAL_SIGNATURE = 1;
  static final int NON_REPUDIATION = 1 << 1;
  static final int KEY_ENCIPHERMENT = 1 << 2;
  static final int DATA_ENCIPHERMENT = 1 << 3;
  static final int KEY_AGREEMENT = 1 << 4;
  static final int KEY_CERT_SIGN = 1 << 5;
  static final int CRL_SIGN = 1 << 6;
  static final int ENCIPHER_ONLY = 1 << 7;
  static final int DECIPHER_ONLY = 1 << 8;
  static final int SIGNING = DIGITAL_SIGNATURE | NON_REPUDIATION;
  static final int ENCRYPTING = KEY_ENCIPHERMENT | DATA_ENCIPHERMENT | KEY_AGREEMENT;

  /** With which bits an extended usage goes (RFC 5280 §4.2.1.12, RFC 4945 §5.1.3.2, RFC 9336). */
  private static final Map<String, Integer> GOES_WITH =
      Map.of(
          Oids.SERVER_AUTH, DIGITAL_SIGNATURE | KEY_ENCIPHERMENT | KEY_AGREEMENT,
          Oids.CLIENT_AUTH, DIGITAL_SIGNATURE | KEY_AGREEMENT,
          Oids.CODE_SIGNING, DIGITAL_SIGNATURE,
          Oids.EMAIL_PROTECTION, SIGNING | KEY_ENCIPHERMENT | KEY_AGREEMENT,
          Oids.TIME_STAMPING, SIGNING,
          Oids.OCSP_SIGNING, SIGNING,
          Oids.IPSEC_IKE, SIGNING,
          Oids.DOCUMENT_SIGNING, SIGNING,
          Oids.SMARTCARD_LOGON, DIGITAL_SIGNATURE);

  private UsageLints() {}

  static List<Lint> all() {
    return List.of(
        error(
            "rfc5280.key-usage-empty",
            "RFC 5280 §4.2.1.3",
            "keyUsage hat mindestens ein Bit.",
            "keyUsage has at least one bit.",
            (it, report) ->
                report.require(it.extensions().keyUsage().map(bits -> bits != 0).orElse(true))),
        error(
            "rfc5280.key-usage-ca",
            "RFC 5280 §4.2.1.3, §4.2.1.9",
            "keyUsage erlaubt weder Zertifikate noch Sperrlisten zu signieren.",
            "keyUsage lets sign neither certificates nor CRLs.",
            (it, report) -> report.require((usage(it) & (KEY_CERT_SIGN | CRL_SIGN)) == 0)),
        error(
            "rfc5280.key-usage-only",
            "RFC 5280 §4.2.1.3",
            "encipherOnly und decipherOnly stehen nicht ohne keyAgreement und nicht beide da.",
            "encipherOnly and decipherOnly are not there without keyAgreement, and not both.",
            UsageLints::only),
        error(
            "rfc5280.key-usage-key",
            "RFC 4055 §1.2, RFC 5480 §3, RFC 8410 §5, RFC 9881 §5, RFC 9935 §5",
            "keyUsage nennt nur, was ein Schlüssel dieser Art kann.",
            "keyUsage says only what a key of this kind can do.",
            (it, report) -> report.require((usage(it) & ~can(it.key().algorithm())) == 0)),
        error(
            "rfc5280.extended-key-usage-empty",
            "RFC 5280 §4.2.1.12",
            "extKeyUsage hat mindestens einen Zweck, keinen doppelt.",
            "extKeyUsage has at least one purpose, none twice.",
            (it, report) -> {
              List<String> usages = it.extensions().usages();
              report.require(
                  !it.extensions().has(Oids.EXT_KEY_USAGE)
                      || !usages.isEmpty() && new HashSet<>(usages).size() == usages.size());
            }),
        error(
            "rfc5280.usages-consistent",
            "RFC 5280 §4.2.1.12",
            "Zu jedem Zweck in extKeyUsage passt ein Bit von keyUsage, und zu jedem Bit ein Zweck.",
            "For each purpose in extKeyUsage there is a bit of keyUsage, and the other way round.",
            UsageLints::consistent),
        error(
            "rfc3161.time-stamping",
            "RFC 3161 §2.3",
            "Zeitstempel sind der einzige Zweck, und extKeyUsage ist dann kritisch.",
            "Time stamping is the only purpose, and extKeyUsage is critical then.",
            (it, report) ->
                report.require(
                    !it.hasUsage(Oids.TIME_STAMPING)
                        || it.extensions().usages().size() == 1
                            && it.extensions().isCritical(Oids.EXT_KEY_USAGE))),
        error(
            "rfc6960.nocheck",
            "RFC 6960 §4.2.2.2",
            "OCSPSigning und ocsp-nocheck gehören zusammen.",
            "OCSPSigning and ocsp-nocheck go together.",
            (it, report) ->
                report.require(
                    it.hasUsage(Oids.OCSP_SIGNING) == it.extensions().has(Oids.OCSP_NOCHECK))),
        error(
            "rfc4945.ike",
            "RFC 4945 §5.1.3, TR-02103 Kap. 7",
            "IKE: der Schlüssel signiert nur, und subjectAltName hat einen Namen.",
            "IKE: the key only signs, and subjectAltName has a name.",
            (it, report) ->
                report.require(
                    !it.hasUsage(Oids.IPSEC_IKE)
                        || (usage(it) & ~SIGNING) == 0 && !it.extensions().names().isEmpty())),
        error(
            "rfc9336.document-signing",
            "RFC 9336 §3.1",
            "Dokumente signieren steht nicht neben irgendeinem Zweck (anyExtendedKeyUsage).",
            "Signing documents doesn't stand beside any purpose (anyExtendedKeyUsage).",
            (it, report) ->
                report.require(
                    !it.hasUsage(Oids.DOCUMENT_SIGNING) || !it.hasUsage(Oids.ANY_USAGE))),
        error(
            "ms.logon",
            "MS-PKCA §3.1.5, KB5014754",
            "Windows-Anmeldung braucht einen UPN.",
            "Windows log-on needs a UPN.",
            (it, report) ->
                report.require(
                    !it.hasUsage(Oids.SMARTCARD_LOGON)
                        || it.extensions().names().stream()
                            .anyMatch(name -> name.type().equals(Oids.UPN)))));
  }

  static int usage(Case it) {
    return it.extensions().keyUsage().orElse(0);
  }

  private static void only(Case it, Report report) {
    int bits = usage(it);
    int only = bits & (ENCIPHER_ONLY | DECIPHER_ONLY);
    report.require(only == 0 || Integer.bitCount(only) == 1 && (bits & KEY_AGREEMENT) != 0);
  }

  private static int can(String algorithm) {
    int signs = SIGNING | KEY_CERT_SIGN | CRL_SIGN;
    int agrees = KEY_AGREEMENT | ENCIPHER_ONLY | DECIPHER_ONLY;
    return switch (algorithm) {
      case Oids.RSA -> signs | KEY_ENCIPHERMENT | DATA_ENCIPHERMENT;
      case Oids.RSA_OAEP -> KEY_ENCIPHERMENT | DATA_ENCIPHERMENT;
      case Oids.EC -> signs | agrees;
      case Oids.X25519, Oids.X448 -> agrees;
      case Oids.ML_KEM_512, Oids.ML_KEM_768, Oids.ML_KEM_1024 -> KEY_ENCIPHERMENT;
      default -> signs;
    };
  }

  private static void consistent(Case it, Report report) {
    List<String> usages = it.extensions().usages();
    if (it.extensions().keyUsage().isEmpty() || usages.contains(Oids.ANY_USAGE)) {
      return;
    }
    int bits = usage(it);
    int explained = ENCIPHER_ONLY | DECIPHER_ONLY;
    for (String usage : usages) {
      int goes = GOES_WITH.getOrDefault(usage, ~0);
      explained |= goes;
      report.require((bits & goes) != 0, usage);
    }
    report.require(usages.isEmpty() || (bits & ~explained) == 0, "keyUsage");
  }

  /** What an ordinary certificate may say that isn't for TLS (S/MIME BR §7.1.2.3 f). */
  static final Set<String> NOT_BESIDE_MAIL =
      Set.of(
          Oids.ANY_USAGE,
          Oids.SERVER_AUTH,
          Oids.CODE_SIGNING,
          Oids.TIME_STAMPING,
          Oids.OCSP_SIGNING);
}
