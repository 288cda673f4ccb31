package de.kreissiegel.ra.ceremony;

import de.kreissiegel.hsm.ceremony.CeremonyRecord;
import de.kreissiegel.hsm.ceremony.CeremonyRecord.Account;
import de.kreissiegel.hsm.ceremony.CeremonyRecord.Certificate;
import de.kreissiegel.hsm.ceremony.CeremonyRecord.Handed;
import de.kreissiegel.hsm.ceremony.CeremonyRecord.Key;
import de.kreissiegel.hsm.ceremony.CeremonyRecord.Policy;
import de.kreissiegel.hsm.ceremony.CeremonyRecord.Step;
import de.kreissiegel.hsm.signing.Bytes;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/** What is written down while a ceremony goes on. */
final class Minutes {
  private final Clock clock;
  final Instant begun;
  final List<Step> steps = new ArrayList<>();
  final List<Key> keys = new ArrayList<>();
  final List<Certificate> certificates = new ArrayList<>();
  final List<Policy> policies = new ArrayList<>();
  final List<Handed> shares = new ArrayList<>();
  final List<Account> accounts = new ArrayList<>();

  Minutes(Clock clock) {
    this.clock = clock;
    this.begun = now();
  }

  Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.SECONDS);
  }

  void step(String id, String sentence, List<String> confirmedBy) {
    steps.add(new Step(now(), id, sentence, confirmedBy));
  }

  void key(String name, String algorithm, String event, Bytes publicKey) {
    keys.add(new Key(name, algorithm, event, Digest.sha256(publicKey.toArray())));
  }

  void account(String thing, String outcome, String by) {
    accounts.add(new Account(thing, outcome, by));
  }

  CeremonyRecord record(
      Room room, Bytes vault, CeremonyRecord.JournalHead before, CeremonyRecord.JournalHead after) {
    return new CeremonyRecord(
        room.act(),
        room.rehearsal(),
        room.organization(),
        vault,
        begun,
        now(),
        room.present(),
        steps,
        keys,
        certificates,
        policies,
        shares,
        accounts,
        before,
        after,
        room.software());
  }
}
