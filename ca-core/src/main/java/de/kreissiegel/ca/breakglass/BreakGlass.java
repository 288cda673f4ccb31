package de.kreissiegel.ca.breakglass;

import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.access.Proof;
import de.kreissiegel.ca.audit.AuditTrail;
import de.kreissiegel.ca.breakglass.SealedCode.Acknowledgement;
import de.kreissiegel.ca.breakglass.SealedCode.Office;
import de.kreissiegel.ca.refusal.RefusalReason;
import de.kreissiegel.ca.refusal.Refused;
import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.ca.tenancy.TenantId;
import de.kreissiegel.ca.transaction.Transaction;
import de.kreissiegel.ca.transaction.Transactions;
import de.kreissiegel.hsm.signing.Bytes;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Emergency access: makes codes, opens by them, and is an alarm until somebody else has looked into
 * it. It asks neither the directory nor a certificate.
 */
public final class BreakGlass {
  /** For so long a code opens, once it was used. */
  public static final Duration SESSION = Duration.ofHours(1);

  /** No code is good for longer. */
  public static final Duration LONGEST = Duration.ofDays(400);

  private static final Actor MAKER = new Actor.Component("break-glass");
  private static final String LOGIN = "emergency-";
  private static final String OBJECT = "emergency-code:";

  private final Records records;
  private final Clock clock;
  private final SecureRandom random;

  /** Where this is kept. */
  public record Records(Transactions transactions, BreakGlassBook codes, AuditTrail audit) {}

  /**
   * A new code.
   *
   * @param code to be printed, once
   */
  public record Made(long number, EmergencyCode code) {}

  /**
   * @param random for codes
   */
  public BreakGlass(Records records, Clock clock, SecureRandom random) {
    this.records = records;
    this.clock = clock;
    this.random = random;
  }

  /**
   * Makes one, at the server's console.
   *
   * @param by who makes it, as they say
   * @param until at most {@link #LONGEST} from now
   * @throws IllegalArgumentException if a name or the time isn't possible
   */
  public Made make(String holder, Office office, Set<TenantId> tenants, String by, Instant until) {
    Instant now = clock.instant();
    if (!until.isAfter(now) || until.isAfter(now.plus(LONGEST))) {
      throw new IllegalArgumentException("a code is good for 1 to " + LONGEST.toDays() + " days");
    }
    EmergencyCode code = EmergencyCode.random(random);
    var sealed =
        new SealedCode(
            0,
            holder.strip(),
            office,
            tenants,
            now,
            by.strip(),
            until,
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    long number =
        inTransaction(
            transaction -> {
              long given = records.codes().insert(transaction, sealed, code.hash());
              note(
                  transaction,
                  MAKER,
                  "emergency-code.made",
                  given,
                  "by=" + by + " " + words(sealed));
              return given;
            });
    return new Made(number, code);
  }

  /**
   * Opens by what was typed: one code of {@link Office#REVIEW}, or two codes of {@link
   * Office#PROTECT} that have different holders, for the tenants that both are for. They are used
   * up by it; what opens nothing uses nothing up.
   *
   * @return who acts by them, proven by {@link Proof#EMERGENCY}
   * @throws Refused NOT_AUTHORIZED: never told why
   */
  public Actor.Person logIn(List<String> typed) throws Refused {
    List<Bytes> hashes =
        typed.stream()
            .filter(one -> !one.isBlank())
            .flatMap(one -> EmergencyCode.read(one).map(EmergencyCode::hash).stream())
            .distinct()
            .sorted(Comparator.comparing(Bytes::toHex)) // two at once lock in one order
            .toList();
    Optional<Actor.Person> person =
        inTransaction(
            transaction -> {
              Optional<List<SealedCode>> good = good(transaction, hashes);
              good.ifPresentOrElse(
                  codes -> use(transaction, codes),
                  () ->
                      records
                          .audit()
                          .append(
                              transaction,
                              new Actor.Component("login"),
                              "login.refused",
                              Optional.empty(),
                              "emergency",
                              "why=NO_EMERGENCY_CODE"));
              return good.map(BreakGlass::person);
            });
    return person.orElseThrow(
        () -> new Refused(RefusalReason.NOT_AUTHORIZED, "these codes open nothing"));
  }

  private Optional<List<SealedCode>> good(Transaction transaction, List<Bytes> hashes) {
    var codes = new ArrayList<SealedCode>();
    for (Bytes hash : hashes) {
      records
          .codes()
          .lock(transaction, hash)
          .filter(one -> one.isGood(clock.instant()))
          .ifPresent(codes::add);
    }
    return codes.size() == hashes.size() && opens(codes) ? Optional.of(codes) : Optional.empty();
  }

  private static boolean opens(List<SealedCode> codes) {
    Set<Office> offices = codes.stream().map(SealedCode::office).collect(Collectors.toSet());
    if (codes.size() == 1) {
      return offices.equals(Set.of(Office.REVIEW));
    }
    return codes.size() == 2
        && offices.equals(Set.of(Office.PROTECT))
        && !isSamePerson(codes.getFirst().holder(), codes.getLast().holder())
        && !tenants(codes).isEmpty();
  }

  private static boolean isSamePerson(String one, String other) {
    return one.strip().equalsIgnoreCase(other.strip());
  }

  private static Set<TenantId> tenants(List<SealedCode> codes) {
    var common = new HashSet<>(codes.getFirst().tenants());
    codes.forEach(code -> common.retainAll(code.tenants()));
    return common;
  }

  private void use(Transaction transaction, List<SealedCode> codes) {
    for (SealedCode code : codes) {
      records.codes().used(transaction, code.number(), clock.instant());
      note(transaction, person(codes), "login.emergency", code.number(), words(code));
    }
  }

  /** The same people as long as they may go on: an hour, unless a code was withdrawn meanwhile. */
  public Optional<Actor.Person> identify(List<Long> numbers) {
    List<SealedCode> codes =
        numbers.stream().flatMap(number -> records.codes().find(number).stream()).toList();
    boolean isOpen =
        !codes.isEmpty()
            && codes.size() == numbers.size()
            && codes.stream().allMatch(code -> isOpen(code, clock.instant()));
    return isOpen ? Optional.of(person(codes)) : Optional.empty();
  }

  private static boolean isOpen(SealedCode code, Instant now) {
    return code.withdrawnAt().isEmpty()
        && code.usedAt().filter(since -> now.isBefore(since.plus(SESSION))).isPresent();
  }

  /** The numbers of the codes by which somebody acts, from their id. */
  public static List<Long> numbers(Actor.Person person) {
    return Arrays.stream(person.login().substring(LOGIN.length()).split("-"))
        .map(Long::valueOf)
        .toList();
  }

  private static Actor.Person person(List<SealedCode> codes) {
    List<SealedCode> sorted =
        codes.stream().sorted(Comparator.comparing(SealedCode::number)).toList();
    String login =
        LOGIN
            + sorted.stream()
                .map(code -> String.valueOf(code.number()))
                .collect(Collectors.joining("-"));
    boolean protects = sorted.getFirst().office() == Office.PROTECT;
    return new Actor.Person(
        new SubjectId(login),
        sorted.stream().map(SealedCode::holder).collect(Collectors.joining(", ")),
        login,
        Set.of(),
        protects ? tenants(sorted) : Set.of(),
        Set.of(),
        tenants(sorted),
        Proof.EMERGENCY);
  }

  /** All codes, the newest first. */
  public List<SealedCode> all() {
    return records.codes().all();
  }

  /** Uses that nobody has looked into yet. */
  public List<SealedCode> alarms() {
    return all().stream().filter(SealedCode::isAlarm).toList();
  }

  /**
   * Takes a code back. A session that it opened ends within half a minute.
   *
   * @param by who, as they say
   * @throws Refused NOT_FOUND
   */
  public void withdraw(long number, String by) throws Refused {
    required(number);
    inTransaction(
        transaction -> {
          records.codes().withdrawn(transaction, number, clock.instant());
          note(transaction, MAKER, "emergency-code.withdrawn", number, "by=" + by);
          return true;
        });
  }

  /**
   * Notes that somebody has looked into a use; the alarm ends.
   *
   * @param by who, as they say: nobody whose code it is or was used with it
   * @throws Refused NOT_FOUND (no code, or not used); NOT_AUTHORIZED (it is their own)
   */
  public void acknowledge(long number, String by) throws Refused {
    SealedCode code = required(number);
    if (!code.isAlarm()) {
      throw new Refused(RefusalReason.NOT_FOUND, "code " + number + " is no alarm");
    }
    boolean isTheirs =
        all().stream()
            .filter(one -> one.usedAt().equals(code.usedAt()))
            .anyMatch(one -> isSamePerson(one.holder(), by));
    if (isTheirs || !SealedCode.isName(by)) {
      throw new Refused(
          RefusalReason.NOT_AUTHORIZED, "a use is looked into by somebody who had no part in it");
    }
    inTransaction(
        transaction -> {
          records
              .codes()
              .acknowledged(transaction, number, new Acknowledgement(by.strip(), clock.instant()));
          note(transaction, MAKER, "emergency-code.acknowledged", number, "by=" + by);
          return true;
        });
  }

  private SealedCode required(long number) throws Refused {
    return records
        .codes()
        .find(number)
        .orElseThrow(() -> new Refused(RefusalReason.NOT_FOUND, "no code " + number));
  }

  private static String words(SealedCode code) {
    return "holder=%s office=%s tenants=%s until=%s"
        .formatted(
            code.holder(),
            code.office(),
            code.tenants().stream().map(TenantId::value).sorted().collect(Collectors.joining(",")),
            code.endsAt());
  }

  private void note(
      Transaction transaction, Actor actor, String action, long number, String detail) {
    records.audit().append(transaction, actor, action, Optional.empty(), OBJECT + number, detail);
  }

  private <T> T inTransaction(Transactions.Work<T, RuntimeException> work) {
    return records.transactions().inTransaction(work);
  }
}
