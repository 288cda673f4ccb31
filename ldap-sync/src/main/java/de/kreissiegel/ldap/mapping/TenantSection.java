package de.kreissiegel.ldap.mapping;

import de.kreissiegel.ca.settings.Section;
import de.kreissiegel.ca.tenancy.Tenant;
import de.kreissiegel.ca.tenancy.TenantId;
import de.kreissiegel.ldap.mapping.TenantMapping.By;
import de.kreissiegel.ldap.mapping.TenantMapping.Listed;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** The part {@code tenants} of a mapping file. */
final class TenantSection {
  private final Section section;

  TenantSection(Section section) {
    this.section = section;
  }

  /** Stands in where the part is missing. */
  static TenantMapping none() {
    return new TenantMapping(
        By.SUBTREE,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        Optional.empty(),
        Optional.empty());
  }

  TenantMapping mapping() {
    By by =
        section.required(
            "by",
            text -> By.valueOf(text.toUpperCase(Locale.ROOT)),
            By.SUBTREE,
            "Choose from subtree, attribute and group.");
    var entries = MappingFile.filter(section, "entries");
    Optional<String> id = MappingFile.attribute(section, "id");
    Optional<String> name = MappingFile.attribute(section, "name");
    List<Listed> listed = listed(by);
    Optional<String> attribute = MappingFile.attribute(section, "attribute");
    Optional<String> also = MappingFile.attribute(section, "also");
    section.check(
        entries.isPresent() != !listed.isEmpty(),
        "entries",
        "either matches the tenants' entries, or 'listed' lists them",
        "Write one of the two.");
    section.check(
        entries.isEmpty() || (id.isPresent() && name.isPresent()),
        "id",
        "id and name of a tenant come from attributes of its entry",
        "Write 'id: associatedDomain' and 'name: o', or others.");
    section.check(
        by != By.GROUP || entries.isEmpty(),
        "entries",
        "groups say whose an entry is",
        "List the tenants, each with its group.");
    section.check(
        (by == By.ATTRIBUTE) == attribute.isPresent(),
        "attribute",
        by == By.ATTRIBUTE ? "is missing" : "is only for 'by: attribute'",
        "Name the attribute of a subject that names its tenant.");
    section.end();
    return new TenantMapping(by, entries, id, name, listed, attribute, also);
  }

  private List<Listed> listed(By by) {
    var all = new ArrayList<Listed>();
    for (Section one : section.sections("listed", "Write a list, each with id, name and place.")) {
      var id =
          one.required(
              "id", TenantId::new, new TenantId("x"), "Write a domain-style name in lower case.");
      String name = one.required("name", Function.identity(), "x", "Write the official name.");
      String place =
          switch (by) {
            case SUBTREE ->
                one.required(
                    "subtree", MappingFile::place, "ou=x", "Name its entry, relative to the base.");
            case ATTRIBUTE ->
                one.optional("value", Function.identity(), "Write what names it.").orElse(name);
            case GROUP ->
                one.required(
                    "group", MappingFile::place, "cn=x", "Name its group, relative to the base.");
          };
      one.check(
          all.stream().noneMatch(other -> other.tenant().id().equals(id)),
          "id",
          "the tenant stands there twice",
          "Remove one of the two.");
      one.end();
      all.add(new Listed(new Tenant(id, name), place));
    }
    return all;
  }
}
