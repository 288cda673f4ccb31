package de.kreissiegel.hsm.policy;

import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.SigningRefused;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Map;

/** Holds what a certificate says against the rules of its kind: extensions, key, names. */
final class ContentCheck {
  private static final int IDENTIFIER_OCTETS = 20;
  private static final int KEY_IDENTIFIER = 0x80;

  private final ContentRules rules;
  private final TbsCertificate certificate;
  private final CertificateFacts facts;
  private final KindRefusal refusal;

  private ContentCheck(
      ContentRules rules, TbsCertificate certificate, CertificateFacts facts, KindRefusal refusal) {
    this.rules = rules;
    this.certificate = certificate;
    this.facts = facts;
    this.refusal = refusal;
  }

  static void check(
      ContentRules rules,
      CertificateRules issuer,
      KeyFacts key,
      TbsCertificate certificate,
      CertificateFacts facts,
      KindRefusal refusal)
      throws SigningRefused, NotDer {
    ContentCheck check = new ContentCheck(rules, certificate, facts, refusal);
    PublicKeyCheck publicKey = PublicKeyCheck.read(certificate.publicKey().toArray());
    check.extensions();
    check.identifiers(issuer, key, publicKey);
    publicKey.check(rules.keys(), facts.keyUsage(), refusal);
    var sid = certificate.extensions().find(WindowsSid.EXTENSION);
    if (sid.isPresent()) {
      WindowsSid.check(sid.get().value(), facts.names(), refusal);
    }
    SubjectCheck subject = new SubjectCheck(rules, issuer, facts, refusal);
    subject.check();
  }

  private void extensions() throws SigningRefused {
    Map<String, ExtensionList.One> there = certificate.extensions().all();
    int known = 0;
    for (ExtensionRule rule : rules.extensions()) {
      ExtensionList.One extension = there.get(rule.identifier());
      if (extension == null) {
        if (rule.required()) {
          throw refusal.of(
              "extension-missing", ObjectNames.extensionWord(rule.identifier()) + " is missing");
        }
        continue;
      }
      known++;
      if (extension.critical() != rule.critical()) {
        throw refusal.of(
            "extension-criticality",
            "%s must %sbe critical"
                .formatted(
                    ObjectNames.extensionWord(rule.identifier()), rule.critical() ? "" : "not "));
      }
      if (!rule.allows(Bytes.of(extension.value()))) {
        throw refusal.of(
            "extension-value",
            ObjectNames.extensionWord(rule.identifier()) + " is not what the policy gives");
      }
    }
    if (known < there.size()) {
      throw refusal.of("extension-unknown", unknown(there) + " isn't allowed");
    }
  }

  private String unknown(Map<String, ExtensionList.One> there) {
    return there.keySet().stream()
        .filter(
            identifier ->
                rules.extensions().stream().noneMatch(rule -> rule.identifier().equals(identifier)))
        .map(ObjectNames::extensionWord)
        .sorted()
        .findFirst()
        .orElse("an extension");
  }

  private void identifiers(CertificateRules issuer, KeyFacts key, PublicKeyCheck publicKey)
      throws SigningRefused, NotDer {
    var subject = certificate.extensions().find(ObjectNames.SUBJECT_KEY_IDENTIFIER);
    if (subject.isPresent()) {
      DerCursor value = new DerCursor(subject.get().value());
      byte[] told = value.content(value.next(DerCursor.OCTET_STRING, "subjectKeyIdentifier"));
      value.end();
      refusal.require(
          Arrays.equals(told, keyIdentifier(publicKey.bits())),
          "subject-key-identifier",
          "subjectKeyIdentifier is not the hash of the key");
    }
    var authority = certificate.extensions().find(ObjectNames.AUTHORITY_KEY_IDENTIFIER);
    if (authority.isPresent()) {
      byte[] expected =
          issuer.keyIdentifier().isPresent()
              ? issuer.keyIdentifier().get().toArray()
              : keyIdentifier(PublicKeyCheck.read(key.publicKey().toArray()).bits());
      DerCursor value = new DerCursor(authority.get().value());
      DerCursor inside = value.into(DerCursor.SEQUENCE, "authorityKeyIdentifier");
      value.end();
      boolean good =
          inside.peek() == KEY_IDENTIFIER
              && Arrays.equals(inside.content(inside.next()), expected)
              && !inside.hasMore();
      refusal.require(
          good,
          "authority-key-identifier",
          "authorityKeyIdentifier must hold the issuer's key identifier and nothing else");
    }
    refusal.require(
        facts.names().isEmpty() || !rules.names().forms().isEmpty(),
        "name-form",
        "such certificates hold no alternative names");
  }

  /** The leftmost 160 bits of the SHA-256 of the key's bits (RFC 7093 §2, method 1). */
  static byte[] keyIdentifier(byte[] bits) {
    try {
      return Arrays.copyOf(MessageDigest.getInstance("SHA-256").digest(bits), IDENTIFIER_OCTETS);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
