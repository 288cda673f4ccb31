package de.kreissiegel.hsm.policy;

import de.kreissiegel.hsm.journal.Digests;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.KeyId;
import java.util.Base64;
import java.util.Optional;
import org.bouncycastle.asn1.x500.X500Name;

/** A {@link KeyPolicy} as the YAML that stands beside its key. */
public final class PolicyFile {
  private static final int VERSION = 2;

  private PolicyFile() {}

  /**
   * What to write.
   *
   * @param publicKey SubjectPublicKeyInfo, DER: the policy is for this key and no other
   */
  public static String write(KeyId key, Bytes publicKey, KeyPolicy policy) {
    StringBuilder text = new StringBuilder();
    text.append("# What the key \"%s\" may sign; what isn't here is refused.\n".formatted(key));
    text.append("# Names are the base64 of their DER.\n");
    text.append("version: %d\n".formatted(VERSION));
    text.append("key: %s\n".formatted(key));
    text.append("public-key: %s\n".formatted(base64(Digests.sha256(publicKey.toArray()))));
    TermsFile.write(text, policy);
    policy.certificates().ifPresent(rules -> CertificateFile.write(text, rules));
    policy
        .lists()
        .ifPresent(
            rules -> {
              text.append("crls:\n");
              name(text, "issuer", rules.issuer());
              text.append(
                  "  longest-validity: %s\n".formatted(YamlText.duration(rules.longestValidity())));
              text.append("  backdating: %s\n".formatted(rules.backdating()));
              rules
                  .authorityKeyId()
                  .ifPresent(id -> text.append("  authority-key-id: %s\n".formatted(base64(id))));
              ListFormsFile.write(text, rules.forms());
            });
    policy
        .ocsp()
        .ifPresent(
            rules -> {
              text.append("ocsp:\n");
              rules.responderName().ifPresent(name -> name(text, "responder-name", name));
              text.append("  clock-tolerance: %s\n".formatted(rules.clockTolerance()));
              text.append(
                  "  longest-validity: %s\n".formatted(YamlText.duration(rules.longestValidity())));
            });
    if (policy.auditHeads()) {
      text.append("audit-heads: true\n");
    }
    LesserFile.write(text, policy.lesser());
    return text.toString();
  }

  static String base64(Bytes octets) {
    return Base64.getEncoder().encodeToString(octets.toArray());
  }

  static void name(StringBuilder text, String key, Bytes der) {
    // Neither a line's end nor what YAML doesn't let stand in a comment.
    String readable =
        X500Name.getInstance(der.toArray())
            .toString()
            .replaceAll("[^\\p{L}\\p{N}\\p{P}\\p{S} ]", " ");
    text.append(
        "  # %s\n  %s: %s\n"
            .formatted(readable, key, Base64.getEncoder().encodeToString(der.toArray())));
  }

  /**
   * Reads one.
   *
   * @param key whose it must be
   * @param publicKey that key's SubjectPublicKeyInfo, DER
   * @param file its name, for faults
   * @throws PolicyFault if it can't be used
   */
  public static KeyPolicy read(KeyId key, Bytes publicKey, String file, String text)
      throws PolicyFault {
    YamlSheet sheet = ofVersion(file, text);
    if (!sheet.word("key").equals(key.value())
        || !sheet.base64("public-key").equals(Digests.sha256(publicKey.toArray()))) {
      throw new PolicyFault(file, 1, "this is the policy of another key; take that of " + key);
    }
    return rules(sheet);
  }

  /** Reads that of whatever key it names. */
  static KeyPolicy readAny(String file, String text) throws PolicyFault {
    YamlSheet sheet = ofVersion(file, text);
    String key = sheet.word("key");
    if (!isKey(key) || sheet.base64("public-key").length() != Digests.OCTETS) {
      throw new PolicyFault(file, 1, "it names no key; write its name and its public key's hash");
    }
    return rules(sheet);
  }

  private static boolean isKey(String word) {
    try {
      return new KeyId(word).value().equals(word);
    } catch (IllegalArgumentException _) {
      return false;
    }
  }

  private static YamlSheet ofVersion(String file, String text) throws PolicyFault {
    YamlSheet sheet = YamlSheet.read(file, text);
    Optional<Integer> version = sheet.number("version");
    if (version.isEmpty() || version.get() != VERSION) {
      throw new PolicyFault(file, 1, "only version 2 is known; write \"version: 2\"");
    }
    return sheet;
  }

  private static KeyPolicy rules(YamlSheet sheet) throws PolicyFault {
    Optional<CertificateRules> certificates = Optional.empty();
    Optional<YamlSheet> section = sheet.section("certificates");
    if (section.isPresent()) {
      certificates = Optional.of(CertificateFile.read(section.get()));
    }
    Optional<ListRules> lists = Optional.empty();
    section = sheet.section("crls");
    if (section.isPresent()) {
      lists = Optional.of(listRules(section.get()));
    }
    Optional<OcspRules> ocsp = Optional.empty();
    section = sheet.section("ocsp");
    if (section.isPresent()) {
      ocsp = Optional.of(ocspRules(section.get()));
    }
    KeyPolicy policy =
        new KeyPolicy(
            certificates,
            lists,
            ocsp,
            sheet.truth("audit-heads"),
            false,
            LesserFile.read(sheet),
            TermsFile.officers(sheet),
            TermsFile.terms(sheet));
    sheet.end();
    return policy;
  }

  private static ListRules listRules(YamlSheet sheet) throws PolicyFault {
    ListRules rules =
        new ListRules(
            sheet.name("issuer"),
            sheet.duration("longest-validity"),
            sheet.duration("backdating"),
            sheet.optionalBase64("authority-key-id"),
            ListFormsFile.read(sheet));
    sheet.end();
    return rules;
  }

  private static OcspRules ocspRules(YamlSheet sheet) throws PolicyFault {
    OcspRules rules =
        new OcspRules(
            sheet.optionalName("responder-name"),
            sheet.duration("clock-tolerance"),
            sheet.duration("longest-validity"));
    sheet.end();
    return rules;
  }
}
