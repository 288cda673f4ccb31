package de.kreissiegel.ca.profile;

import de.kreissiegel.ca.authority.AuthorityName;
import de.kreissiegel.ca.subject.SubjectKind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a kind of certificate looks like and how it is approved. Sound by construction: {@link
 * ProfileCatalog} makes one from a file without faults, and nobody else does.
 */
public final class CertificateProfile {
  private final ProfileName name;
  private final Edition edition;
  private final Staff staff;
  private final Rules rules;
  private final Content content;
  private final FieldRules fields;
  private final DirectoryRules directory;
  private final RegistrationRules registration;

  CertificateProfile(
      ProfileName name,
      Edition edition,
      Staff staff,
      Rules rules,
      Content content,
      FieldRules fields,
      DirectoryRules directory,
      RegistrationRules registration) {
    this.name = name;
    this.edition = edition;
    this.staff = staff;
    this.rules = rules;
    this.content = content;
    this.fields = fields;
    this.directory = directory;
    this.registration = registration;
  }

  /**
   * Which version of the profile it is, and as it was written.
   *
   * @param version counted upwards by whoever changes it, from 1
   * @param text the file's text
   */
  record Edition(int version, String text) {}

  /** What staff see. */
  record Staff(Map<String, String> titles, Map<String, String> descriptions, boolean offered) {}

  /** Who gets it, and how. */
  record Rules(
      AuthorityName authority,
      Set<SubjectKind> subjects,
      int approvals,
      Duration validity,
      Optional<Instant> latestEnd,
      Duration renewBefore,
      Duration requestExpiry,
      boolean published,
      Duration statusMaxAge,
      boolean machines,
      boolean opensOffices,
      List<ProfileName> orderWith,
      Map<String, String> escrow) {
    Rules {
      orderWith = List.copyOf(orderWith);
      escrow = Map.copyOf(escrow);
    }
  }

  /** What goes in. */
  record Content(
      Purpose purpose,
      Set<ExtendedKeyUsage> extendedKeyUsages,
      Set<KeyAlgorithm> keyAlgorithms,
      Names names,
      Set<String> policies,
      List<FixedExtension> fixedExtensions) {}

  /** Which names go into subjectAltName. */
  record Names(
      Presence mail,
      boolean internationalMail,
      Presence dnsName,
      boolean entryUri,
      Presence windowsAccount) {}

  public ProfileName name() {
    return name;
  }

  /** Its version; a certificate records the one that made it. */
  public int version() {
    return edition.version();
  }

  /** As it was written: the text of its file. */
  public String text() {
    return edition.text();
  }

  /** The authority that issues it. */
  public AuthorityName authority() {
    return rules.authority();
  }

  /** What staff call it, in this language, else in German. */
  public String title(Locale language) {
    return in(language, staff.titles());
  }

  /** One sentence of what it is for, in this language, else in German. */
  public String description(Locale language) {
    return in(language, staff.descriptions());
  }

  /** Whom it may name. */
  public Set<SubjectKind> subjects() {
    return rules.subjects();
  }

  /** How many officers have to say yes: 0, 1 or 2. */
  public int approvals() {
    return rules.approvals();
  }

  /** How long its certificates are valid. */
  public Duration validity() {
    return rules.validity();
  }

  /** After which no certificate of this kind is valid, whatever its validity would be. */
  public Optional<Instant> latestEnd() {
    return rules.latestEnd();
  }

  /** Whether staff are offered it; the system's own profiles are not. */
  public boolean offered() {
    return staff.offered();
  }

  /** Whether machines ask for it, each proved by its protocol; nobody has to approve. */
  public boolean machines() {
    return rules.machines();
  }

  /** Whether its holder is let into their office by it, as by an officer's own certificate. */
  public boolean opensOffices() {
    return rules.opensOffices() || makesOfficers();
  }

  /** Whether only the system itself has such certificates. */
  public boolean ofSystem() {
    return !offered() && !machines();
  }

  /** Whether its certificates go into the directory. */
  public boolean published() {
    return rules.published();
  }

  /** How long a request waits for officers before it expires. */
  public Duration requestExpiry() {
    return rules.requestExpiry();
  }

  /** How long before its end a certificate should be renewed. */
  public Duration renewBefore() {
    return rules.renewBefore();
  }

  /**
   * For how long caches may repeat what OCSP says of its certificates, at most: so long a
   * revocation may stay unknown to who asks through a cache.
   */
  public Duration statusMaxAge() {
    return rules.statusMaxAge();
  }

  /**
   * The profiles whose certificates are offered together with its own, as one order with a key for
   * each; none if it offers no order.
   */
  public List<ProfileName> orderWith() {
    return rules.orderWith();
  }

  /**
   * Whether copies of its keys may be escrowed, where a tenant has decided so. Only keys of
   * encryption ever are.
   */
  public boolean allowsEscrow() {
    return !rules.escrow().isEmpty() && purpose() == Purpose.ENCRYPTION;
  }

  /** Why, in this language, else in German; empty where escrow isn't allowed. */
  public String escrowReason(Locale language) {
    return in(language, rules.escrow());
  }

  /** What its keys are for. */
  public Purpose purpose() {
    return content.purpose();
  }

  /** Whether its certificates make registration officers. */
  public boolean makesOfficers() {
    return content.purpose() == Purpose.APPROVAL;
  }

  /** Key usage for a key of this kind; always critical (TR-03116-4 §6.1.2). */
  public Set<KeyUsageBit> keyUsage(KeyAlgorithm algorithm) {
    return content.purpose().keyUsage(algorithm);
  }

  /** Extended key usage, at least one. */
  public List<ExtendedKeyUsage> extendedKeyUsages() {
    return List.copyOf(content.extendedKeyUsages());
  }

  /** The kinds of key that it takes. */
  public Set<KeyAlgorithm> keyAlgorithms() {
    return content.keyAlgorithms();
  }

  /** Who may set which field. */
  public FieldRules fields() {
    return fields;
  }

  /** What follows from changes in the directory. */
  public DirectoryRules directory() {
    return directory;
  }

  /** How officers check whom its certificates are for. */
  public RegistrationRules registration() {
    return registration;
  }

  /** Whether its certificates name people by pseudonyms. */
  public boolean pseudonymous() {
    return fields.openToPeople(Field.PSEUDONYM);
  }

  /** Whether the mail address goes in as an rfc822Name. */
  public Presence mail() {
    return content.names().mail();
  }

  /**
   * Whether a mail address with letters beyond ASCII goes in, as a SmtpUTF8Mailbox (RFC 9598 §3).
   */
  public boolean internationalMail() {
    return content.names().internationalMail();
  }

  /**
   * Whether the Windows account goes in: its principal name as a UPN, its security identifier as a
   * URI and in Microsoft's extension (KB5014754).
   */
  public Presence windowsAccount() {
    return content.names().windowsAccount();
  }

  /** Whether the DNS name goes in as a dNSName. */
  public Presence dnsName() {
    return content.names().dnsName();
  }

  /** Whether the entry's UUID goes in as a URI ({@code urn:uuid:…}, RFC 9562 §4). */
  public boolean entryUri() {
    return content.names().entryUri();
  }

  /** Certificate policies, as object identifiers in dotted form; may be empty. */
  public Set<String> policies() {
    return content.policies();
  }

  /** Extensions that are the same in all its certificates; certificatePolicies is one of them. */
  public List<FixedExtension> fixedExtensions() {
    return content.fixedExtensions();
  }

  /** Whether extKeyUsage is critical: of time stamps it has to be (RFC 3161 §2.3). */
  public boolean hasCriticalUsage() {
    return content.purpose() == Purpose.TIME_STAMPING;
  }

  /** Whether only a key of the vault may have such certificates. */
  public boolean isForOwnKeys() {
    return content.purpose() == Purpose.STATUS || content.purpose() == Purpose.TIME_STAMPING;
  }

  @Override
  public String toString() {
    return name.value();
  }

  private static String in(Locale language, Map<String, String> texts) {
    String text = texts.get(language.getLanguage());
    return text == null ? texts.getOrDefault("de", "") : text;
  }
}
