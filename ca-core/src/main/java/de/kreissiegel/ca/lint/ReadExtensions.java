package de.kreissiegel.ca.lint;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The extensions as read; a value that can't be read is noted and taken for absent. */
final class ReadExtensions {
  private final List<ReadExtension> all = new ArrayList<>(10);
  private final List<String> malformed = new ArrayList<>(0);
  private final Optional<Integer> keyUsage;
  private final Optional<List<String>> usages;
  private final Optional<List<ReadGeneralName>> names;
  private final Optional<ExtensionValues.Constraints> constraints;
  private final Optional<List<ExtensionValues.Policy>> policies;
  private final Optional<ExtensionValues.AuthorityKey> authorityKey;
  private final Optional<byte[]> subjectKey;
  private final Optional<List<ExtensionValues.Point>> crlPoints;
  private final Optional<List<ExtensionValues.Access>> infoAccess;
  private final Optional<List<String>> directoryAttributes;
  private final Optional<List<String>> capabilities;

  private ReadExtensions(List<Der> extensions) throws Malformed {
    for (Der extension : extensions) {
      ReadExtension read = ReadExtension.of(extension);
      all.add(read);
      if (read.parsed().isEmpty()) {
        malformed.add(read.type());
      }
    }
    keyUsage = value(Oids.KEY_USAGE, ExtensionValues::keyUsage);
    usages = value(Oids.EXT_KEY_USAGE, ExtensionValues::oids);
    names = value(Oids.SUBJECT_ALT_NAME, value -> ReadGeneralName.all(value.as(Der.SEQUENCE)));
    constraints = value(Oids.BASIC_CONSTRAINTS, ExtensionValues::constraints);
    policies = value(Oids.CERTIFICATE_POLICIES, ExtensionValues::policies);
    authorityKey = value(Oids.AUTHORITY_KEY_IDENTIFIER, ExtensionValues::authorityKey);
    subjectKey = value(Oids.SUBJECT_KEY_IDENTIFIER, value -> value.as(Der.OCTET_STRING).content());
    crlPoints = value(Oids.CRL_DISTRIBUTION_POINTS, ExtensionValues::points);
    infoAccess = value(Oids.AUTHORITY_INFO_ACCESS, ExtensionValues::accesses);
    directoryAttributes =
        value(Oids.SUBJECT_DIRECTORY_ATTRIBUTES, ExtensionValues::firstOidsOfEach);
    capabilities = value(Oids.SMIME_CAPABILITIES, ExtensionValues::firstOidsOfEach);
    value(Oids.OCSP_NOCHECK, value -> value.as(Der.NULL));
  }

  /** Of a certificate without extensions. */
  static ReadExtensions none() throws Malformed {
    return new ReadExtensions(List.of());
  }

  static ReadExtensions of(Der extensions) throws Malformed {
    return new ReadExtensions(extensions.children(Der.SEQUENCE));
  }

  @FunctionalInterface
  private interface Parser<T> {
    T parse(Der value) throws Malformed;
  }

  private <T> Optional<T> value(String type, Parser<T> parser) {
    Optional<Der> value = find(type).flatMap(ReadExtension::parsed);
    if (value.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(parser.parse(value.get()));
    } catch (Malformed fault) {
      malformed.add(type + ": " + fault.what());
      return Optional.empty();
    }
  }

  List<ReadExtension> all() {
    return all;
  }

  /** The first of this type. */
  Optional<ReadExtension> find(String type) {
    for (ReadExtension extension : all) {
      if (extension.type().equals(type)) {
        return Optional.of(extension);
      }
    }
    return Optional.empty();
  }

  boolean has(String type) {
    return find(type).isPresent();
  }

  boolean isCritical(String type) {
    return find(type).map(ReadExtension::critical).orElse(false);
  }

  /** Those whose value can't be read, and why. */
  List<String> malformed() {
    return malformed;
  }

  /** Bit n of keyUsage is bit n here. */
  Optional<Integer> keyUsage() {
    return keyUsage;
  }

  boolean hasKeyUsage(int bit) {
    return keyUsage.isPresent() && (keyUsage.get() >> bit & 1) != 0;
  }

  List<String> usages() {
    return usages.orElse(List.of());
  }

  boolean hasUsage(String usage) {
    return usages().contains(usage);
  }

  /** subjectAltName. */
  List<ReadGeneralName> names() {
    return names.orElse(List.of());
  }

  Optional<ExtensionValues.Constraints> constraints() {
    return constraints;
  }

  List<ExtensionValues.Policy> policies() {
    return policies.orElse(List.of());
  }

  Optional<ExtensionValues.AuthorityKey> authorityKey() {
    return authorityKey;
  }

  Optional<byte[]> subjectKey() {
    return subjectKey;
  }

  List<ExtensionValues.Point> crlPoints() {
    return crlPoints.orElse(List.of());
  }

  List<ExtensionValues.Access> infoAccess() {
    return infoAccess.orElse(List.of());
  }

  /** The types of subjectDirectoryAttributes. */
  List<String> directoryAttributes() {
    return directoryAttributes.orElse(List.of());
  }

  /** The algorithms of SMIMECapabilities. */
  List<String> capabilities() {
    return capabilities.orElse(List.of());
  }
}
