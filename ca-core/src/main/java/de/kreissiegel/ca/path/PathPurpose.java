package de.kreissiegel.ca.path;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.bouncycastle.asn1.x509.KeyUsage;

/**
 * What a certificate is to be used for. keyUsage, if it is there, has one of the bits; extKeyUsage,
 * if it is there, has the purpose (RFC 5280 §4.2.1.3, §4.2.1.12).
 */
public enum PathPurpose {
  /** A TLS server. */
  SERVER(
      "server",
      "1.3.6.1.5.5.7.3.1",
      false,
      KeyUsage.digitalSignature,
      KeyUsage.keyEncipherment,
      KeyUsage.keyAgreement),
  /** A TLS client, mTLS included. */
  CLIENT("client", "1.3.6.1.5.5.7.3.2", false, KeyUsage.digitalSignature, KeyUsage.keyAgreement),
  /** S/MIME, who signs (RFC 8550 §4.4.2). */
  MAIL_SIGNATURE(
      "mail-signature",
      "1.3.6.1.5.5.7.3.4",
      false,
      KeyUsage.digitalSignature,
      KeyUsage.nonRepudiation),
  /** S/MIME, for whom is encrypted. */
  MAIL_ENCRYPTION(
      "mail-encryption",
      "1.3.6.1.5.5.7.3.4",
      false,
      KeyUsage.keyEncipherment,
      KeyUsage.keyAgreement),
  /** IKEv2 (RFC 4945 §5.1.3.2, §5.1.3.12). */
  IKE("ike", "1.3.6.1.5.5.7.3.17", false, KeyUsage.digitalSignature, KeyUsage.nonRepudiation),
  /** Signatures under documents (RFC 9336). */
  DOCUMENT_SIGNING(
      "document-signing",
      "1.3.6.1.5.5.7.3.36",
      false,
      KeyUsage.digitalSignature,
      KeyUsage.nonRepudiation),
  /** A delegated OCSP responder: the purpose must be there (RFC 6960 §4.2.2.2). */
  OCSP("ocsp", "1.3.6.1.5.5.7.3.9", true, KeyUsage.digitalSignature, KeyUsage.nonRepudiation),
  /** A time stamping authority: the purpose must be there, critical, alone (RFC 3161 §2.3). */
  TIME_STAMP(
      "time-stamp", "1.3.6.1.5.5.7.3.8", true, KeyUsage.digitalSignature, KeyUsage.nonRepudiation),
  /** A registration officer's key, which signs approvals: as our profile makes it. */
  APPROVAL("approval", "1.3.6.1.5.5.7.3.36", true, KeyUsage.digitalSignature);

  private final String configName;
  private final String extendedUsage;
  private final boolean mustBeNamed;
  private final Set<Integer> usages;

  PathPurpose(String configName, String extendedUsage, boolean mustBeNamed, Integer... usages) {
    this.configName = configName;
    this.extendedUsage = extendedUsage;
    this.mustBeNamed = mustBeNamed;
    this.usages = Set.copyOf(List.of(usages));
  }

  /** Its name on the command line, as {@code mail-signature}. */
  public String configName() {
    return configName;
  }

  /** The purpose of that name; empty if there is none. */
  public static Optional<PathPurpose> ofConfigName(String name) {
    return Arrays.stream(values()).filter(one -> one.configName.equals(name)).findFirst();
  }

  /** All names, with commas between. */
  public static String configNames() {
    return Arrays.stream(values()).map(PathPurpose::configName).collect(Collectors.joining(", "));
  }

  /** The object identifier of its extended key usage. */
  String extendedUsage() {
    return extendedUsage;
  }

  /** Whether a certificate without extKeyUsage, or for any purpose, is not good for it. */
  boolean mustBeNamed() {
    return mustBeNamed;
  }

  /** Whether these key usages are good for it. */
  boolean allows(KeyUsage usage) {
    return usages.stream().anyMatch(usage::hasUsages);
  }
}
