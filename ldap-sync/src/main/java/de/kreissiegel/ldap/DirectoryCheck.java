package de.kreissiegel.ldap;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.SearchResultEntry;
import de.kreissiegel.ca.access.Office;
import de.kreissiegel.ca.subject.Subject;
import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.ca.subject.SubjectKind;
import de.kreissiegel.ca.tenancy.Tenant;
import de.kreissiegel.ldap.follow.FollowCheck;
import de.kreissiegel.ldap.mapping.DirectoryMapping.RoleMapping;
import de.kreissiegel.ldap.mapping.MappedDirectory;
import de.kreissiegel.ldap.mapping.Sight;
import de.kreissiegel.ldap.mapping.SubjectReader;
import de.kreissiegel.ldap.mapping.Tenants;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Tries a configuration against its server, and changes nothing: reaches it, chooses how it is
 * followed, reads all of it once, and tells what it takes for what and what for nothing.
 */
public final class DirectoryCheck {
  private static final Map<SubjectKind, String> KINDS =
      new EnumMap<>(
          Map.of(
              SubjectKind.PERSON, "people",
              SubjectKind.FUNCTION, "functions",
              SubjectKind.DEVICE, "devices",
              SubjectKind.SERVICE, "services"));

  private final DirectoryConfig config;
  private final InstantSource clock;
  private final Consumer<String> out;
  private final Map<String, Tally> kinds = new TreeMap<>();
  private final Map<String, Tally> nothing = new TreeMap<>();
  private final Set<SubjectId> seen = new HashSet<>();
  private final DirectoryFindings.Collected collected = new DirectoryFindings.Collected();
  private @Nullable DirectoryFindings findings;
  private @Nullable String failure;
  private int doubles;

  /**
   * @param out takes the lines that people read
   */
  public DirectoryCheck(DirectoryConfig config, InstantSource clock, Consumer<String> out) {
    this.config = config;
    this.clock = clock;
    this.out = out;
  }

  /** Whether the directory can be followed as configured. */
  public boolean passes() {
    out.accept("directory %s: %s".formatted(config.name(), config.server().urls()));
    out.accept("  base %s, account %s".formatted(config.baseDn(), config.server().account()));
    try (var directory = new LdapDirectory(config, clock)) {
      return passes(directory.mapped());
    } catch (LDAPException e) {
      failure = e.getResultCode().getName();
      out.accept("  FAILED: %s: %s".formatted(e.getResultCode().getName(), e.getMessage()));
    } catch (IllegalArgumentException e) {
      out.accept("  FAILED: " + e.getMessage());
    }
    return false;
  }

  /** What was found; empty before {@link #passes}, and where it got no answer. */
  public Optional<DirectoryFindings> findings() {
    return Optional.ofNullable(findings);
  }

  /**
   * The name of the result code (RFC 4511 §4.1.9) by which the server, or the way to it, failed.
   */
  public Optional<String> failure() {
    return Optional.ofNullable(failure);
  }

  private boolean passes(MappedDirectory directory) throws LDAPException {
    Optional<String> vendor = directory.connections().features().vendor();
    out.accept("  reached, the account is let in; server: " + vendor.orElse("of unknown make"));
    directory.requireBase();
    FollowCheck follow = FollowCheck.of(directory, config.following());
    out.accept("  is followed by " + follow.source().configName());
    follow.remarks().forEach(remark -> out.accept("    note: " + remark));
    Tenants tenants = directory.tenants();
    read(directory, directory.reader(tenants));
    tellTenants(tenants);
    kinds.forEach((kind, tally) -> tally.tell(kind, out));
    tellOfficers(directory, tenants);
    findings = collected.with(tenants.all(), holders(directory, tenants));
    out.accept("  entries that are nothing: " + total(nothing));
    nothing.forEach((why, tally) -> tally.tell(why, out));
    boolean sound = total(kinds) > 0 && doubles == 0 && tenants.unreadable().isEmpty();
    if (total(kinds) == 0) {
      out.accept("  FAILED: nobody is found; is the mapping the right one?");
    }
    if (doubles > 0) {
      out.accept("  FAILED: %d entries share their id with another".formatted(doubles));
    }
    return sound;
  }

  private void read(MappedDirectory directory, SubjectReader reader) throws LDAPException {
    KINDS.values().forEach(kind -> kinds.put(kind, new Tally()));
    directory.everything(
        entry -> {
          if (reader.isOurs(entry)) {
            note(entry, directory.mapping().id().of(entry), reader);
          }
        });
  }

  private void note(SearchResultEntry entry, SubjectId id, SubjectReader reader)
      throws LDAPException {
    if (!seen.add(id)) {
      doubles++;
    }
    switch (reader.read(entry)) {
      case Sight.Found found -> {
        kinds(found.subject().kind()).add(line(found));
        collected.note(found.subject(), entry.getParsedDN().toNormalizedString());
      }
      case Sight.None none ->
          nothing.computeIfAbsent(none.why(), _ -> new Tally()).add(entry.getDN());
    }
  }

  private Tally kinds(SubjectKind kind) {
    return kinds.computeIfAbsent(String.valueOf(KINDS.get(kind)), _ -> new Tally());
  }

  private static String line(Sight.Found found) {
    Subject subject = found.subject();
    return "%s, %s%s%s%s [%s]"
        .formatted(
            subject.commonName(),
            subject.home(),
            subject.login().map(login -> ", logs in as " + login).orElse(""),
            subject.mail().or(subject::dnsName).map(name -> ", " + name).orElse(", no address"),
            subject.enabled() ? found.away() ? ", away" : "" : ", disabled",
            subject.directoryName());
  }

  private void tellTenants(Tenants tenants) {
    var tally = new Tally();
    tenants.all().forEach(tenant -> tally.add(tenant.id() + ", " + tenant.name()));
    tally.tell("tenants", out);
    for (DN dn : tenants.unreadable()) {
      out.accept("    FAILED: %s shows no id and name of a tenant".formatted(dn));
    }
  }

  private void tellOfficers(MappedDirectory directory, Tenants tenants) throws LDAPException {
    var roles = new Roles(directory);
    var tally = new Tally();
    for (Tenant tenant : tenants.all()) {
      Optional<DN> group = roles.officersOf(tenant.id(), tenants, directory.mapping().roles());
      if (group.isPresent()) {
        String[] members =
            directory
                .connections()
                .entry(group.get().toString(), "member")
                .map(entry -> entry.getAttributeValues("member"))
                .orElse(new String[0]);
        tally.add(
            members.length == 0
                ? "%s has none: %s".formatted(tenant.id(), group.get())
                : "%s: %s".formatted(tenant.id(), String.join("; ", members)));
      }
    }
    tally.tell("tenants with registration officers, or without", out);
  }

  /** The entries of those who hold each office that excludes others. */
  private static Map<Office, Set<String>> holders(MappedDirectory directory, Tenants tenants)
      throws LDAPException {
    RoleMapping mapping = directory.mapping().roles();
    var roles = new Roles(directory);
    Map<Office, Set<String>> holders = new EnumMap<>(Office.class);
    Set<String> officers = new HashSet<>(members(directory, mapping.leadOfficers()));
    for (Tenant tenant : tenants.all()) {
      Optional<DN> group = roles.officersOf(tenant.id(), tenants, mapping);
      if (group.isPresent()) {
        officers.addAll(members(directory, group.get()));
      }
    }
    holders.put(Office.RA_OPERATOR, officers);
    holders.put(Office.CA_OPERATOR, members(directory, mapping.caOperators()));
    holders.put(Office.SYSTEM_ADMINISTRATOR, members(directory, mapping.systemAdministrators()));
    holders.put(Office.ACCESS_MANAGER, members(directory, mapping.accessManagers()));
    holders.put(Office.REVISOR, members(directory, mapping.auditors()));
    return holders;
  }

  private static Set<String> members(MappedDirectory directory, Optional<String> group)
      throws LDAPException {
    return group.isPresent()
        ? members(directory, new DN(group.get() + "," + directory.base()))
        : Set.of();
  }

  private static Set<String> members(MappedDirectory directory, DN group) throws LDAPException {
    Set<String> members = new HashSet<>();
    Optional<SearchResultEntry> found = directory.connections().entry(group.toString(), "member");
    if (found.isPresent() && found.get().hasAttribute("member")) {
      for (String member : found.get().getAttributeValues("member")) {
        members.add(new DN(member).toNormalizedString());
      }
    }
    return members;
  }

  private static int total(Map<String, Tally> tallies) {
    return tallies.values().stream().mapToInt(Tally::count).sum();
  }
}
