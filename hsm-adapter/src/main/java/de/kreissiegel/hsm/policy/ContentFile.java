package de.kreissiegel.hsm.policy;

import de.kreissiegel.hsm.policy.NameRules.Count;
import de.kreissiegel.hsm.policy.SubjectRules.AttributeRule;
import de.kreissiegel.hsm.policy.YamlText.Row;
import de.kreissiegel.hsm.signing.Bytes;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** {@link ContentRules} in a policy's YAML. */
final class ContentFile {
  private static final int MOST_PARTITIONS = 256;
  private static final String ADDRESSES = "addresses such as [http://pki.example/crl/people.crl]";

  private ContentFile() {}

  static void write(YamlText sheet, ContentRules rules) {
    if (!rules.keys().isEmpty()) {
      YamlText keys = sheet.section("keys");
      rules.keys().forEach(key -> keys.item(key(key)));
    }
    if (!rules.extensions().isEmpty()) {
      YamlText extensions = sheet.section("extensions");
      rules.extensions().forEach(extension -> extensions.item(extension(extension)));
    }
    YamlText subject = sheet.section("subject");
    subject.put("of-tenant", rules.subject().ofTenant());
    if (!rules.subject().attributes().isEmpty()) {
      YamlText attributes = subject.section("attributes");
      rules.subject().attributes().forEach(attribute -> attributes.item(attribute(attribute)));
    }
    if (!rules.names().equals(NameRules.NONE)) {
      names(sheet.section("names"), rules.names());
    }
  }

  private static Row key(PublicKeyRule rule) {
    Row row = new Row().put("algorithm", rule.kind().word());
    if (rule.kind() == PublicKeyKind.RSA) {
      row.put("least-bits", rule.leastBits()).put("most-bits", rule.mostBits());
    }
    return rule.usage().isEmpty() ? row : row.put("key-usage", KindFile.usages(rule.usage()));
  }

  /** Most are required and few are critical; only the others say so. */
  private static Row extension(ExtensionRule rule) {
    Row row =
        new Row()
            .put("name", ObjectNames.extensionWord(rule.identifier()))
            .flag("optional", !rule.required())
            .flag("critical", rule.critical());
    rule.value().ifPresent(value -> value(row, rule.identifier(), value));
    return rule.others().isEmpty() ? row : row.put("partitions", rule.others().size());
  }

  private static void value(Row row, String identifier, Bytes value) {
    Optional<List<List<String>>> access = Optional.empty();
    Optional<List<String>> words = Optional.empty();
    switch (identifier) {
      case ObjectNames.CRL_DISTRIBUTION_POINTS, ObjectNames.FRESHEST_CRL ->
          words = FixedExtensions.distributionPointsIn(value);
      case ObjectNames.CERTIFICATE_POLICIES -> words = FixedExtensions.policiesIn(value);
      case ObjectNames.AUTHORITY_INFO_ACCESS -> access = FixedExtensions.accessIn(value);
      default -> {
        // base64 it is
      }
    }
    if (access.isPresent()) {
      row.put("ocsp", quoted(access.get().getFirst()));
      row.put("ca-issuers", quoted(access.get().getLast()));
    } else if (words.isPresent()) {
      boolean policies = identifier.equals(ObjectNames.CERTIFICATE_POLICIES);
      row.put(
          policies ? "policies" : "addresses",
          policies ? YamlText.flow(words.get()) : quoted(words.get()));
    } else {
      row.put("der", PolicyFile.base64(value));
    }
  }

  private static String quoted(List<String> words) {
    return YamlText.flow(words.stream().map(YamlText::quoted).toList());
  }

  private static Row attribute(AttributeRule rule) {
    Row row = new Row().put("type", ObjectNames.attributeWord(rule.type()));
    if (rule.least() != 1 || rule.most() != 1) {
      row.put("least", rule.least()).put("most", rule.most());
    }
    return rule.values().isEmpty()
        ? row
        : row.put("values", YamlText.flow(YamlText.quotedAndSorted(rule.values())));
  }

  private static void names(YamlText sheet, NameRules rules) {
    rules
        .forms()
        .forEach(
            (form, count) ->
                sheet.put(
                    form.word(), new Row().put("least", count.least()).put("most", count.most())));
    if (rules.wildcards()) {
      sheet.put("wildcards", true);
    }
  }

  static ContentRules read(YamlSheet sheet) throws PolicyFault {
    List<PublicKeyRule> keys = new ArrayList<>();
    for (YamlSheet key : sheet.sections("keys")) {
      keys.add(key(key));
    }
    List<ExtensionRule> extensions = new ArrayList<>();
    for (YamlSheet extension : sheet.sections("extensions")) {
      extensions.add(extension(extension));
    }
    YamlSheet names = KindFile.required(sheet, "subject");
    boolean ofTenant = names.truth("of-tenant");
    List<AttributeRule> attributes = new ArrayList<>();
    for (YamlSheet attribute : names.sections("attributes")) {
      attributes.add(attribute(attribute));
    }
    names.end();
    Optional<YamlSheet> alternative = sheet.section("names");
    NameRules allowed = alternative.isPresent() ? names(alternative.get()) : NameRules.NONE;
    sheet.end();
    return sheet.made(
        () -> new ContentRules(keys, extensions, new SubjectRules(ofTenant, attributes), allowed));
  }

  private static PublicKeyRule key(YamlSheet sheet) throws PolicyFault {
    PublicKeyKind kind =
        sheet.parsed(
            "algorithm", PublicKeyKind::ofWord, "a kind of key such as P-256, rsa or ml-dsa-65");
    int least = sheet.number("least-bits").orElse(0);
    int most = sheet.number("most-bits").orElse(0);
    Set<KeyUsageFlag> usage =
        new HashSet<>(
            sheet.list("key-usage", KeyUsageFlag::ofWord, "key usages such as [keyAgreement]"));
    sheet.end();
    return sheet.made(() -> new PublicKeyRule(kind, least, most, usage));
  }

  private static ExtensionRule extension(YamlSheet sheet) throws PolicyFault {
    String identifier =
        sheet.parsed("name", ObjectNames::extension, "an extension such as keyUsage or 2.5.29.15");
    boolean required = !sheet.truth("optional");
    boolean critical = sheet.truth("critical");
    Optional<Bytes> value = sheet.optionalBase64("der");
    boolean lists =
        identifier.equals(ObjectNames.CRL_DISTRIBUTION_POINTS)
            || identifier.equals(ObjectNames.FRESHEST_CRL);
    if (sheet.has("addresses") && lists) {
      List<String> addresses = sheet.list("addresses", word -> word, ADDRESSES);
      int partitions = sheet.number("partitions").orElse(0);
      if (partitions > 0) {
        sheet.end();
        return sheet.made(() -> partitioned(identifier, required, critical, addresses, partitions));
      }
      value = Optional.of(sheet.made(() -> FixedExtensions.distributionPoints(addresses)));
    } else if (sheet.has("policies") && identifier.equals(ObjectNames.CERTIFICATE_POLICIES)) {
      List<String> policies =
          sheet.list("policies", ObjectNames::dotted, "object identifiers such as [1.2.3.4]");
      value = Optional.of(sheet.made(() -> FixedExtensions.policies(policies)));
    } else if ((sheet.has("ocsp") || sheet.has("ca-issuers"))
        && identifier.equals(ObjectNames.AUTHORITY_INFO_ACCESS)) {
      List<String> ocsp = sheet.list("ocsp", word -> word, ADDRESSES);
      List<String> issuers = sheet.list("ca-issuers", word -> word, ADDRESSES);
      value = Optional.of(sheet.made(() -> FixedExtensions.access(ocsp, issuers)));
    }
    sheet.end();
    return new ExtensionRule(identifier, required, critical, value);
  }

  private static ExtensionRule partitioned(
      String identifier,
      boolean required,
      boolean critical,
      List<String> addresses,
      int partitions) {
    if (addresses.size() != 1 || critical || partitions > MOST_PARTITIONS) {
      throw new IllegalArgumentException(
          "partitions are at most " + MOST_PARTITIONS + " and have one address, not critical");
    }
    return ExtensionRule.listAddress(identifier, required, addresses.getFirst(), partitions);
  }

  private static AttributeRule attribute(YamlSheet sheet) throws PolicyFault {
    String type =
        sheet.parsed("type", ObjectNames::attribute, "an attribute such as CN or 2.5.4.3");
    int least = sheet.number("least").orElse(1);
    int most = sheet.number("most").orElse(1);
    Set<String> values = new HashSet<>(sheet.list("values", value -> value, "a list of values"));
    sheet.end();
    return sheet.made(() -> new AttributeRule(type, least, most, values));
  }

  private static NameRules names(YamlSheet sheet) throws PolicyFault {
    boolean wildcards = sheet.truth("wildcards");
    Map<NameForm, Count> forms = new EnumMap<>(NameForm.class);
    for (String word : sheet.keys()) {
      NameForm form = sheet.made(() -> NameForm.ofWord(word));
      YamlSheet count = KindFile.required(sheet, word);
      int least = count.number("least").orElse(0);
      int most = count.number("most").orElse(1);
      count.end();
      forms.put(form, count.made(() -> new Count(least, most)));
    }
    sheet.end();
    return new NameRules(forms, wildcards);
  }
}
