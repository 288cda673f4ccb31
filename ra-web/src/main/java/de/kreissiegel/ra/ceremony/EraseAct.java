package de.kreissiegel.ra.ceremony;

import de.kreissiegel.hsm.journal.ErasurePlan;
import de.kreissiegel.hsm.journal.ErasureRules.Fate;
import de.kreissiegel.hsm.journal.RetentionClass;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.SignRequest;
import de.kreissiegel.hsm.signing.SignedStructure;
import de.kreissiegel.hsm.signing.SigningRefused;
import de.kreissiegel.hsm.signing.SigningUnavailable;
import de.kreissiegel.hsm.vault.Vault;
import de.kreissiegel.hsm.vault.VaultUnusable;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Erases names from the journal once their time is over: shows what would go, has the ceremony's
 * key sign the order to do so, and has the vault carry it out, which verifies the order itself.
 */
final class EraseAct {
  private static final String ORDER = "order.der";
  private static final int LONGEST_REASON = 500;

  private final Room room;
  private final Place place;
  private final VaultAccess access;
  private final SecureRandom random;

  EraseAct(Room room, Place place, VaultAccess access, SecureRandom random) {
    this.room = room;
    this.place = place;
    this.access = access;
    this.random = random;
  }

  /** An order that the ceremony's key signed, and who confirmed it. */
  private record Ordered(Bytes order, Bytes signature, List<String> by) {}

  Path perform(Set<RetentionClass> classes, Optional<LocalDate> before, String reason)
      throws CeremonyAborted,
          CeremonyFailed,
          IOException,
          VaultUnusable,
          SigningUnavailable,
          SigningRefused {
    LocalDate day = day(classes, before);
    if (reason.length() > LONGEST_REASON || reason.chars().anyMatch(Character::isISOControl)) {
      throw new CeremonyFailed(room.words().say("fail.erase.reason", LONGEST_REASON));
    }
    room.enter(room.plan().threshold());
    try (OpenVault open = OpenVault.open(room, place, access)) {
      ErasurePlan plan = open.vault().planErasure(classes, room.words().beginning(day));
      show(plan, day);
      open.activate(Vault.CEREMONY_KEY);
      Ordered ordered =
          room.stepBy(
              "order",
              two -> ordered(open.vault(), plan, two, reason),
              plan.bodies(),
              Digest.grouped(plan.selection()));
      long erased =
          room.step(
              "erase",
              () -> open.vault().erase(ordered.order(), ordered.signature()),
              plan.bodies());
      account(plan, day, erased, ordered.by());
      BackupAccounts.ask(room, "ask.erase.backup");
      return room.step(
          "close",
          () ->
              new Archive(room, random)
                  .close(
                      open,
                      place.ceremonies(),
                      Map.of(
                          ORDER,
                          ordered.order().toArray(),
                          ORDER + Archive.SIGNATURE,
                          ordered.signature().toArray())));
    }
  }

  /** The day before which what goes has ended; the plan's periods are kept. */
  private LocalDate day(Set<RetentionClass> classes, Optional<LocalDate> before)
      throws CeremonyFailed {
    RetentionPlan retention = room.plan().retention();
    LocalDate today = room.words().date(room.minutes().begun);
    LocalDate latest = retention.latest(classes, today).orElse(today);
    if (before.isEmpty() && !retention.covers(classes)) {
      throw new CeremonyFailed(room.words().say("fail.erase.before"));
    }
    LocalDate day = before.orElse(latest);
    if (day.isAfter(latest)) {
      throw new CeremonyFailed(room.words().say("fail.erase.young", day, latest));
    }
    return day;
  }

  private void show(ErasurePlan plan, LocalDate day) throws CeremonyAborted, CeremonyFailed {
    Words words = room.words();
    room.tell("");
    room.tell(words.say("erase.title", day));
    for (ErasurePlan.OfFile file : plan.files()) {
      room.tell(
          words.say(
              "erase.file",
              file.first(),
              file.last(),
              words.day(file.from()),
              words.day(file.to())));
      for (RetentionClass one : RetentionClass.values()) {
        if (file.counts().containsKey(one)) {
          room.tell(
              words.say(
                  "erase.class",
                  words.say("class." + one.word()),
                  file.count(one, Fate.GOES),
                  file.count(one, Fate.YOUNG),
                  file.count(one, Fate.UNREAD),
                  file.count(one, Fate.NEEDED)));
        }
      }
    }
    if (plan.more()) {
      room.tell(words.say("erase.more"));
    }
    if (plan.bodies() == 0) {
      throw new CeremonyFailed(words.say("fail.erase.nothing"));
    }
    room.tell(words.say("erase.total", plan.bodies()));
    if (!room.yes("certain", words.say("ask.erase"))) {
      throw new CeremonyAborted(words.say("aborted"));
    }
  }

  private Ordered ordered(Vault vault, ErasurePlan plan, List<String> two, String reason)
      throws SigningUnavailable, SigningRefused {
    Bytes order = plan.order(two, Archive.name(room, place.ceremonies()), reason).encoded();
    Bytes signature =
        vault
            .sign(
                new SignRequest(
                    new UUID(random.nextLong(), random.nextLong()),
                    Vault.CEREMONY_KEY,
                    SignedStructure.ERASURE_ORDER,
                    order))
            .signature();
    return new Ordered(order, signature, two);
  }

  private void account(ErasurePlan plan, LocalDate day, long erased, List<String> by)
      throws CeremonyFailed {
    Words words = room.words();
    if (erased != plan.bodies()) {
      throw new CeremonyFailed(words.say("fail.erase.other", erased, plan.bodies()));
    }
    String two = String.join(", ", by);
    plan.going()
        .forEach(
            (one, count) ->
                room.minutes()
                    .account(
                        words.say("account.erased", count, words.say("class." + one.word()), day),
                        words.say("account.erased.outcome"),
                        two));
    for (Fate fate : List.of(Fate.UNREAD, Fate.NEEDED)) {
      long stay =
          plan.files().stream()
              .mapToLong(
                  file -> plan.classes().stream().mapToLong(one -> file.count(one, fate)).sum())
              .sum();
      if (stay > 0) {
        room.minutes()
            .account(
                words.say("account.kept", stay),
                words.say("account.kept." + fate.name().toLowerCase(Locale.ROOT)),
                "Kreissiegel " + room.software().version());
      }
    }
  }

  /**
   * The classes of those names.
   *
   * @throws CeremonyFailed if there is none of a name
   */
  static Set<RetentionClass> classes(List<String> names) throws CeremonyFailed {
    for (String name : names) {
      if (RetentionClass.ofWord(name).isEmpty()) {
        throw new CeremonyFailed(
            "there is no retention class %s; there are: %s."
                .formatted(
                    name,
                    Arrays.stream(RetentionClass.values())
                        .map(RetentionClass::word)
                        .collect(Collectors.joining(", "))));
      }
    }
    return names.stream()
        .map(name -> RetentionClass.ofWord(name).orElseThrow())
        .collect(Collectors.toSet());
  }
}
