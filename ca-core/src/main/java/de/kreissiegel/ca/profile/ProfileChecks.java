package de.kreissiegel.ca.profile;

import de.kreissiegel.ca.subject.SubjectKind;
import java.util.Set;

/** What the settings of a profile must be together, each of them sound by itself. */
final class ProfileChecks {
  private static final Set<SubjectKind> MACHINES = Set.of(SubjectKind.DEVICE, SubjectKind.SERVICE);

  private final Reading reading;

  ProfileChecks(Reading reading) {
    this.reading = reading;
  }

  void checkTogether(
      CertificateProfile.Staff staff,
      CertificateProfile.Rules rules,
      CertificateProfile.Content content) {
    reading.check(
        !rules.subjects().isEmpty(), "subjects", "names nobody", "Name at least one kind.");
    reading.check(
        !content.keyAlgorithms().isEmpty(), "keys", "allows no key", "Name at least one kind.");
    reading.check(
        !content.extendedKeyUsages().isEmpty(),
        "extended-key-usage",
        "is empty, so the certificate would be good for everything",
        "Name at least one usage (TR-03116-4 §6.1.2).");
    for (ExtendedKeyUsage usage : content.extendedKeyUsages()) {
      reading.check(
          content.purpose().allows(usage),
          "extended-key-usage",
          usage.configName() + " does not go with the purpose",
          "A key has one purpose; make a profile for each (TR-03116-4 §6.1.2).");
    }
    reading.check(
        rules.approvals() > 0 || !staff.offered(),
        "approvals",
        "nobody approves, but staff are offered it",
        "Ask for one approval, or set offered to false.");
    reading.check(
        !(staff.offered() && content.purpose() == Purpose.STATUS),
        "offered",
        "staff can't answer for an authority",
        "Set offered to false.");
    checkOfficers(rules, content);
    checkMachines(staff, rules, content);
    checkOffices(rules, content);
    checkNames(content);
    reading.check(
        content.purpose() != Purpose.TIME_STAMPING || !staff.offered(),
        "offered",
        "the keys of time stamps are the vault's",
        "Set offered to false.");
    checkEncryption(rules, content);
  }

  /** What is encrypted to a key, others may have to read one day; what it signs is its holder's. */
  private void checkEncryption(CertificateProfile.Rules rules, CertificateProfile.Content content) {
    reading.check(
        content.purpose() != Purpose.ENCRYPTION || rules.latestEnd().isPresent(),
        "latest-end",
        "is missing for keys of encryption",
        "Write 2031-12-31: TR-02102-1 §2.1 ends key agreement without a post-quantum part.");
    reading.check(
        rules.escrow().isEmpty() || content.purpose() == Purpose.ENCRYPTION,
        "escrow",
        "nobody but its holder ever has a key that signs or proves who somebody is",
        "Remove it; only purpose: encryption allows escrow (TR-03145-1).");
  }

  /** What certificates are for says which names they need. */
  private void checkNames(CertificateProfile.Content content) {
    reading.check(
        !content.extendedKeyUsages().contains(ExtendedKeyUsage.SERVER_AUTH)
            || content.names().dnsName() == Presence.REQUIRED,
        "names.dns",
        "a server without a DNS name can't be verified",
        "Set it to required (RFC 9525 §4).");
    reading.check(
        !content.extendedKeyUsages().contains(ExtendedKeyUsage.EMAIL_PROTECTION)
            || content.names().mail() != Presence.NEVER,
        "names.mail",
        "a mail certificate without its address can't be matched",
        "Set it to required or if-present (RFC 8550 §3).");
    reading.check(
        !content.names().internationalMail() || content.names().mail() != Presence.NEVER,
        "names.international-mail",
        "no mail address goes in at all",
        "Set names.mail to required or if-present.");
    reading.check(
        !content.extendedKeyUsages().contains(ExtendedKeyUsage.SMARTCARD_LOGON)
            || content.names().windowsAccount() == Presence.REQUIRED,
        "names.windows-account",
        "a domain controller lets nobody in whose account it can't tell",
        "Set it to required (KB5014754).");
  }

  /** What makes officers must name a person whom the vault can tell, and takes two officers. */
  private void checkOfficers(CertificateProfile.Rules rules, CertificateProfile.Content content) {
    if (content.purpose() != Purpose.APPROVAL) {
      return;
    }
    reading.check(
        rules.approvals() == 2,
        "approvals",
        "a single officer could make another",
        "Ask for two: the vault demands them, whatever stands here.");
    reading.check(
        rules.subjects().equals(Set.of(SubjectKind.PERSON)),
        "subjects",
        "only people are officers",
        "Write [person].");
    reading.check(
        content.names().entryUri(),
        "names.entry-uri",
        "an officer's certificate must name the person's entry",
        "Set it to true: the vault compares it with the officer's scope.");
  }

  /** What lets somebody into their office proves a person, and to TLS. */
  private void checkOffices(CertificateProfile.Rules rules, CertificateProfile.Content content) {
    if (!rules.opensOffices()) {
      return;
    }
    reading.check(
        rules.subjects().equals(Set.of(SubjectKind.PERSON)) && rules.approvals() > 0,
        "opens-offices",
        "only an approved person's certificate lets somebody into an office",
        "Write subjects: [person], and ask for one approval at least.");
    reading.check(
        content.purpose() == Purpose.AUTHENTICATION
            && content.extendedKeyUsages().contains(ExtendedKeyUsage.CLIENT_AUTH),
        "opens-offices",
        "no browser logs in with it",
        "Set purpose to authentication and extended-key-usage to [clientAuth].");
  }

  /** What nobody approves, no person gets: the protocol proves a machine, and that is all. */
  private void checkMachines(
      CertificateProfile.Staff staff,
      CertificateProfile.Rules rules,
      CertificateProfile.Content content) {
    if (!rules.machines()) {
      return;
    }
    reading.check(
        !staff.offered() && rules.approvals() == 0,
        "machines",
        "a protocol proves the machine, so staff aren't offered it and nobody approves",
        "Set offered to false and approvals to 0.");
    reading.check(
        MACHINES.containsAll(rules.subjects()),
        "subjects",
        "no protocol proves a person",
        "Choose from device, service.");
    reading.check(
        content.purpose() == Purpose.AUTHENTICATION,
        "purpose",
        "machines prove themselves and nothing else",
        "Write authentication.");
  }
}
