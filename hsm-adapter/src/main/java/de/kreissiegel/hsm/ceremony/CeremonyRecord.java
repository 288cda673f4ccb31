package de.kreissiegel.hsm.ceremony;

import de.kreissiegel.hsm.signing.Bytes;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What happened in a ceremony. It holds no secret: of shares, who got which number.
 *
 * @param act which ceremony: {@code init}, {@code renew-crl}, …
 * @param rehearsal whether it was only a rehearsal; its keys are not to be trusted
 * @param organization whose it is
 * @param vault {@link KeyShare#vaultId}
 * @param begun when it began
 * @param ended when the record was closed
 * @param people who was there
 * @param steps what was done, in order
 * @param keys keys that it made or used
 * @param certificates certificates, CRLs and requests that it made
 * @param policies policies that it put in force
 * @param shares who was handed which share
 * @param accounts what became of things that were to be destroyed, stored or handed over
 * @param before the journal before it
 * @param after the journal after it, but for this record's own entry
 * @param software what it ran
 */
public record CeremonyRecord(
    String act,
    boolean rehearsal,
    String organization,
    Bytes vault,
    Instant begun,
    Instant ended,
    List<Person> people,
    List<Step> steps,
    List<Key> keys,
    List<Certificate> certificates,
    List<Policy> policies,
    List<Handed> shares,
    List<Account> accounts,
    JournalHead before,
    JournalHead after,
    Software software) {
  /** The first member of each record: what it is, and in which version. */
  public static final String MARK = "kreissiegel-ceremony-record";

  static final int VERSION = 1;

  public CeremonyRecord {
    people = List.copyOf(people);
    steps = List.copyOf(steps);
    keys = List.copyOf(keys);
    certificates = List.copyOf(certificates);
    policies = List.copyOf(policies);
    shares = List.copyOf(shares);
    accounts = List.copyOf(accounts);
  }

  /** Somebody who was there. */
  public record Person(String name, String role) {}

  /**
   * Something that was done.
   *
   * @param confirmedBy the two who confirmed it, or who ticked it; empty for what the machine does
   */
  public record Step(Instant time, String id, String sentence, List<String> confirmedBy) {
    public Step {
      confirmedBy = List.copyOf(confirmedBy);
    }
  }

  /**
   * A key.
   *
   * @param event {@code made}, {@code used}, {@code destroyed}, …
   * @param fingerprint SHA-256 of its SubjectPublicKeyInfo
   */
  public record Key(String name, String algorithm, String event, Bytes fingerprint) {}

  /**
   * Something that a key signed.
   *
   * @param kind {@code certificate}, {@code crl} or {@code request}
   * @param fingerprint SHA-256 of its DER
   */
  public record Certificate(
      String kind, String name, String subject, String validity, Bytes fingerprint) {}

  /** A policy: SHA-256 of its file. */
  public record Policy(String key, Bytes digest) {}

  /** A share that somebody got. */
  public record Handed(
      String key, int number, int threshold, int total, String custodian, String medium) {}

  /** A thing and what became of it. */
  public record Account(String thing, String outcome, String by) {}

  /** How long the journal was, and the last entry's hash. */
  public record JournalHead(long entries, Bytes head) {}

  /**
   * What it ran.
   *
   * @param digest SHA-256 over the sorted lines {@code HASH NAME\n} of all jars, as sha256sum
   *     writes them
   */
  public record Software(String version, String java, Bytes digest, List<Jar> jars) {
    public Software {
      jars = List.copyOf(jars);
    }
  }

  /** A file of the software. */
  public record Jar(String name, Bytes sha256) {}

  /** The octets that are signed: canonical JSON. */
  public Bytes encoded() {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put(MARK, VERSION);
    members.put("act", act);
    members.put("rehearsal", rehearsal);
    members.put("organization", organization);
    members.put("vault", vault.toHex());
    members.put("begun", begun.toString());
    members.put("ended", ended.toString());
    members.put(
        "people", people.stream().map(p -> Map.of("name", p.name(), "role", p.role())).toList());
    members.put("steps", steps.stream().map(CeremonyRecord::members).toList());
    members.put("keys", keys.stream().map(CeremonyRecord::members).toList());
    members.put("certificates", certificates.stream().map(CeremonyRecord::members).toList());
    members.put(
        "policies",
        policies.stream().map(p -> Map.of("key", p.key(), "sha256", p.digest().toHex())).toList());
    members.put("shares", shares.stream().map(CeremonyRecord::members).toList());
    members.put(
        "accounts",
        accounts.stream()
            .map(a -> Map.of("thing", a.thing(), "outcome", a.outcome(), "by", a.by()))
            .toList());
    members.put("journal", Map.of("before", members(before), "after", members(after)));
    members.put("software", members(software));
    return Bytes.of(CanonicalJson.write(members));
  }

  private static Map<String, Object> members(Step step) {
    return Map.of(
        "time",
        step.time().toString(),
        "id",
        step.id(),
        "sentence",
        step.sentence(),
        "confirmed-by",
        step.confirmedBy());
  }

  private static Map<String, Object> members(Key key) {
    return Map.of(
        "name",
        key.name(),
        "algorithm",
        key.algorithm(),
        "event",
        key.event(),
        "spki-sha256",
        key.fingerprint().toHex());
  }

  private static Map<String, Object> members(Certificate certificate) {
    return Map.of(
        "kind",
        certificate.kind(),
        "name",
        certificate.name(),
        "subject",
        certificate.subject(),
        "validity",
        certificate.validity(),
        "sha256",
        certificate.fingerprint().toHex());
  }

  private static Map<String, Object> members(Handed share) {
    return Map.of(
        "key",
        share.key(),
        "number",
        share.number(),
        "threshold",
        share.threshold(),
        "total",
        share.total(),
        "custodian",
        share.custodian(),
        "medium",
        share.medium());
  }

  private static Map<String, Object> members(JournalHead head) {
    return Map.of("entries", head.entries(), "head", head.head().toHex());
  }

  private static Map<String, Object> members(Software software) {
    return Map.of(
        "version",
        software.version(),
        "java",
        software.java(),
        "sha256",
        software.digest().toHex(),
        "jars",
        software.jars().stream()
            .map(jar -> Map.of("name", jar.name(), "sha256", jar.sha256().toHex()))
            .toList());
  }
}
