package de.kreissiegel.ldap.mapping;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.unboundid.ldap.sdk.DN;
import de.kreissiegel.ca.settings.ConfigurationFault;
import de.kreissiegel.ca.settings.ConfigurationFaults;
import de.kreissiegel.ca.settings.Section;
import de.kreissiegel.ca.settings.Sheet;
import de.kreissiegel.ca.subject.SubjectKind;
import de.kreissiegel.ldap.mapping.DirectoryMapping.AccountMapping;
import de.kreissiegel.ldap.mapping.DirectoryMapping.RoleMapping;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A mapping file: YAML to a {@link DirectoryMapping}, all faults at once. */
public final class MappingFile {
  /** The mappings that come along, by name. */
  public static final List<String> BUNDLED =
      List.of("sample-district", "openldap", "active-directory");

  private static final long LONGEST = 1 << 20;
  private static final String A_PLACE = "Write a name relative to another, as ou=people.";
  private static final Map<SubjectKind, String> KINDS =
      new EnumMap<>(
          Map.of(
              SubjectKind.PERSON, "people",
              SubjectKind.FUNCTION, "functions",
              SubjectKind.DEVICE, "devices",
              SubjectKind.SERVICE, "services"));

  private final Section sheet;

  private MappingFile(Section sheet) {
    this.sheet = sheet;
  }

  /**
   * Reads a file.
   *
   * @throws IOException if it can't be read
   * @throws ConfigurationFaults if it is wrong
   */
  public static DirectoryMapping load(Path file) throws IOException, ConfigurationFaults {
    if (Files.size(file) > LONGEST) {
      throw new IOException(file + " is longer than a million octets");
    }
    return read(file.toString(), Files.readString(file));
  }

  /**
   * Reads a file's text.
   *
   * @param file its name, for faults
   */
  public static DirectoryMapping read(String file, String yaml) throws ConfigurationFaults {
    List<ConfigurationFault> faults = new ArrayList<>();
    Optional<Section> sheet = Sheet.read(file, yaml, faults);
    Optional<DirectoryMapping> mapping = sheet.map(found -> new MappingFile(found).mapping());
    if (!faults.isEmpty() || mapping.isEmpty()) {
      throw new ConfigurationFaults(faults);
    }
    return mapping.get();
  }

  /**
   * One that comes along.
   *
   * @throws IllegalArgumentException if there is none of that name
   */
  public static DirectoryMapping bundled(String name) {
    if (!BUNDLED.contains(name)) {
      throw new IllegalArgumentException("there is no mapping " + name + ", only " + BUNDLED);
    }
    String file = name + ".yaml";
    try (InputStream in = MappingFile.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalStateException("no " + file);
      }
      return read(file, new String(in.readAllBytes(), UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (ConfigurationFaults e) {
      throw new IllegalStateException(e);
    }
  }

  private DirectoryMapping mapping() {
    sheet.required("schema", MappingFile::schema, 1, "Write 'schema: 1'.");
    IdAttribute id =
        sheet.required(
            "id",
            text -> new IdAttribute(attribute(text)),
            new IdAttribute("entryUUID"),
            "Name the attribute that never changes: entryUUID or objectGUID.");
    var tenants =
        sheet
            .section("tenants", "Say under it which entries are tenants.")
            .map(section -> new TenantSection(section).mapping());
    sheet.check(
        tenants.isPresent(), "tenants", "is missing", "Say which administrations there are.");
    AccountMapping accounts = accounts();
    Map<SubjectKind, KindMapping> kinds = kinds();
    RoleMapping roles = roles();
    sheet.end();
    return new DirectoryMapping(id, tenants.orElseGet(TenantSection::none), accounts, kinds, roles);
  }

  private static Integer schema(String text) {
    if (!text.equals("1")) {
      throw new IllegalArgumentException(text);
    }
    return 1;
  }

  private AccountMapping accounts() {
    Optional<Section> section = sheet.section("accounts", "Write 'disabled: (…)' under it.");
    if (section.isEmpty()) {
      return new AccountMapping(Optional.empty(), Optional.empty(), Optional.empty());
    }
    Section accounts = section.get();
    var mapping =
        new AccountMapping(
            filter(accounts, "disabled"), attribute(accounts, "expires"), filter(accounts, "away"));
    accounts.end();
    return mapping;
  }

  private Map<SubjectKind, KindMapping> kinds() {
    var kinds = new EnumMap<SubjectKind, KindMapping>(SubjectKind.class);
    KINDS.forEach(
        (kind, key) ->
            sheet
                .section(key, "Write under it where they stand and which attribute is what.")
                .ifPresent(section -> kinds.put(kind, kind(section, kind))));
    sheet.check(
        kinds.containsKey(SubjectKind.PERSON),
        "people",
        "is missing",
        "Without people nobody can log in: say where they stand.");
    return kinds;
  }

  private static KindMapping kind(Section section, SubjectKind kind) {
    boolean person = kind == SubjectKind.PERSON;
    Optional<String> below = section.optional("below", MappingFile::place, A_PLACE);
    Optional<EntryFilter> filter = filter(section, "filter");
    section.check(
        below.isPresent() || filter.isPresent(),
        "",
        "takes every entry",
        "Say 'below' or 'filter', so that nothing is of two kinds.");
    var mapping =
        new KindMapping(
            below,
            filter,
            section.required(
                "name", MappingFile::attribute, "cn", "Name the attribute with the name, as cn."),
            person ? attribute(section, "title") : Optional.empty(),
            person ? attribute(section, "given-name") : Optional.empty(),
            person ? attribute(section, "surname") : Optional.empty(),
            attribute(section, "mail"),
            person ? Optional.empty() : attribute(section, "dns-name"),
            person ? attribute(section, "login") : Optional.empty(),
            person ? List.of() : attributes(section, "responsible"),
            kind == SubjectKind.FUNCTION ? attributes(section, "key-access") : List.of());
    section.check(
        !person || mapping.login().isPresent(),
        "login",
        "is missing",
        "Name the attribute that people log in with, as uid.");
    section.end();
    return mapping;
  }

  private RoleMapping roles() {
    Optional<Section> section = sheet.section("roles", "Name the groups of officers under it.");
    if (section.isEmpty()) {
      return RoleMapping.NONE;
    }
    Section roles = section.get();
    var mapping =
        new RoleMapping(
            roles.optional("registration-officers", MappingFile::place, A_PLACE),
            roles.optional("lead-registration-officers", MappingFile::place, A_PLACE),
            roles.optional("auditors", MappingFile::place, A_PLACE),
            roles.optional("ca-operators", MappingFile::place, A_PLACE),
            roles.optional("system-administrators", MappingFile::place, A_PLACE),
            roles.optional("access-managers", MappingFile::place, A_PLACE),
            roles.optional("data-protection-officers", MappingFile::place, A_PLACE),
            roles.optional("help-desk", MappingFile::place, A_PLACE));
    roles.end();
    return mapping;
  }

  static Optional<EntryFilter> filter(Section section, String key) {
    return section.optional(
        key,
        EntryFilter::of,
        "Write a filter in quotes, as '(employeeType=disabled)'; of extensible matches only bits.");
  }

  static Optional<String> attribute(Section section, String key) {
    return section.optional(key, MappingFile::attribute, "Write an attribute's name, as mail.");
  }

  private static List<String> attributes(Section section, String key) {
    return section.list(key, MappingFile::attribute, "Write a list, as [owner, manager].");
  }

  private static String attribute(String text) {
    if (!text.matches("[A-Za-z][A-Za-z0-9-]{0,63}")) {
      throw new IllegalArgumentException(text);
    }
    return text;
  }

  /** A relative name; {@code {tenant}} in it stands for a tenant's id. */
  static String place(String text) {
    if (text.isBlank() || !DN.isValidDN(text.replace("{tenant}", "x"))) {
      throw new IllegalArgumentException(text);
    }
    return text;
  }
}
