package de.kreissiegel.hsm.policy;

import de.kreissiegel.hsm.signing.Bytes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The section of a policy's YAML that holds {@link CertificateRules}. */
final class CertificateFile {
  private static final String DOMAIN = "domains such as [stadt.example]";

  private CertificateFile() {}

  static void write(StringBuilder text, CertificateRules rules) {
    text.append("certificates:\n");
    PolicyFile.name(text, "issuer", rules.issuer());
    YamlText sheet = new YamlText(text, 1);
    rules.keyIdentifier().ifPresent(id -> sheet.put("key-identifier", PolicyFile.base64(id)));
    sheet.put("not-after-limit", rules.notAfterLimit());
    if (!rules.tenants().isEmpty()) {
      YamlText tenants = sheet.section("tenants");
      rules.tenants().forEach(tenant -> tenant(tenants.item(), tenant));
    }
    YamlText kinds = sheet.section("kinds");
    rules.kinds().forEach(kind -> KindFile.write(kinds.item(), kind));
  }

  private static void tenant(YamlText sheet, TenantRules tenant) {
    sheet.quoted("organization", tenant.organization());
    sheet.list("mail", tenant.mailDomains().stream().sorted().toList());
    sheet.list("dns", tenant.dnsDomains().stream().sorted().toList());
    if (!tenant.subtree().isEmpty()) {
      YamlText subtree = sheet.section("subtree");
      tenant
          .subtree()
          .forEach(
              (type, values) ->
                  subtree.list(ObjectNames.attributeWord(type), YamlText.quotedAndSorted(values)));
    }
  }

  static CertificateRules read(YamlSheet sheet) throws PolicyFault {
    Bytes issuer = sheet.name("issuer");
    Optional<Bytes> keyIdentifier = sheet.optionalBase64("key-identifier");
    Instant limit = sheet.instant("not-after-limit");
    List<TenantRules> tenants = new ArrayList<>();
    for (YamlSheet tenant : sheet.sections("tenants")) {
      tenants.add(tenant(tenant));
    }
    List<CertificateKind> kinds = new ArrayList<>();
    for (YamlSheet kind : sheet.sections("kinds")) {
      kinds.add(KindFile.read(kind));
      // At each kind, so that a fault names the line of the one that is too much.
      kind.made(() -> new CertificateRules(issuer, keyIdentifier, limit, tenants, kinds));
    }
    CertificateRules rules =
        sheet.made(() -> new CertificateRules(issuer, keyIdentifier, limit, tenants, kinds));
    sheet.end();
    return rules;
  }

  private static TenantRules tenant(YamlSheet sheet) throws PolicyFault {
    String organization = sheet.word("organization");
    Set<String> mail = new HashSet<>(sheet.list("mail", word -> word, DOMAIN));
    Set<String> dns = new HashSet<>(sheet.list("dns", word -> word, DOMAIN));
    Map<String, Set<String>> subtree = new TreeMap<>();
    Optional<YamlSheet> section = sheet.section("subtree");
    if (section.isPresent()) {
      for (String word : section.get().keys()) {
        String type = section.get().made(() -> ObjectNames.attribute(word));
        List<String> values = section.get().list(word, value -> value, "a list of values");
        subtree.put(type, new HashSet<>(values));
      }
    }
    sheet.end();
    return sheet.made(() -> new TenantRules(organization, mail, dns, subtree));
  }
}
