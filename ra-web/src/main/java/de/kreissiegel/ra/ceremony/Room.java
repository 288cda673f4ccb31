package de.kreissiegel.ra.ceremony;

import de.kreissiegel.hsm.ceremony.CeremonyRecord.Person;
import de.kreissiegel.hsm.ceremony.CeremonyRecord.Software;
import de.kreissiegel.hsm.signing.SigningRefused;
import de.kreissiegel.hsm.signing.SigningUnavailable;
import de.kreissiegel.hsm.vault.VaultUnusable;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The room in which a ceremony takes place: who is there, what they say, what is written down. */
final class Room {
  private static final int PATIENCE = 5;

  private final String act;
  private final CeremonyPlan plan;
  private final Dialogue dialogue;
  private final Words words;
  private final boolean rehearsal;
  private final List<Person> present = new ArrayList<>();
  private final Minutes minutes;
  private final Software software;

  Room(
      String act, CeremonyPlan plan, Dialogue dialogue, Words words, boolean rehearsal, Clock clock)
      throws IOException {
    this.act = act;
    this.plan = plan;
    this.dialogue = dialogue;
    this.words = words;
    this.rehearsal = rehearsal || dialogue.scripted();
    this.minutes = new Minutes(clock);
    this.software = SoftwareIdentity.measure();
  }

  String act() {
    return act;
  }

  CeremonyPlan plan() {
    return plan;
  }

  Words words() {
    return words;
  }

  boolean rehearsal() {
    return rehearsal;
  }

  String organization() {
    return plan.hierarchy().organization();
  }

  List<Person> present() {
    return List.copyOf(present);
  }

  Minutes minutes() {
    return minutes;
  }

  Software software() {
    return software;
  }

  /**
   * Opens the ceremony: who is there, which software, the checklist.
   *
   * @param custodians how many of them have to be there
   */
  void enter(int custodians) throws CeremonyAborted, CeremonyFailed {
    dialogue.tell("");
    dialogue.tell(words.say("act." + act) + " – " + organization());
    if (rehearsal) {
      dialogue.tell(words.say("rehearsal"));
    }
    dialogue.tell(words.say("how"));
    for (Person person : plan.people()) {
      if (yes("present", words.say("ask.present", person.name(), role(person)))) {
        present.add(person);
      }
    }
    require(CeremonyPlan.LEADER, 1);
    require(CeremonyPlan.KEY_OFFICER, 1);
    require(CeremonyPlan.WITNESS, 1);
    require(CeremonyPlan.CUSTODIAN, custodians);
    checklist();
  }

  private void require(String role, int number) throws CeremonyFailed {
    long there = present.stream().filter(person -> person.role().equals(role)).count();
    if (there < number) {
      throw new CeremonyFailed(words.say("fail.people", number, words.say("role." + role), there));
    }
  }

  String role(Person person) {
    return words.say("role." + person.role());
  }

  private void checklist() throws CeremonyAborted, CeremonyFailed {
    dialogue.tell("");
    dialogue.tell(words.say("software", software.version(), Digest.grouped(software.digest())));
    List<String> officers =
        present.stream()
            .filter(person -> person.role().equals(CeremonyPlan.KEY_OFFICER))
            .map(Person::name)
            .toList();
    dialogue.tell(words.say("checklist", String.join(", ", officers)));
    for (String list : List.of("all", act)) {
      for (int i = 1; words.has("check." + list + "." + i); i++) {
        String item = words.say("check." + list + "." + i);
        if (!yes("tick", "[ ] " + item)) {
          throw new CeremonyFailed(words.say("fail.check", item));
        }
        minutes.step("check." + list + "." + i, item, officers);
      }
    }
  }

  void tell(String text) {
    dialogue.tell(text);
  }

  /** Asks; whoever answers abbruch ends the ceremony. */
  String ask(String id, String question, boolean hidden) throws CeremonyAborted {
    String answer = dialogue.ask(act + "." + id, question, hidden);
    String plain = answer.toLowerCase(Locale.ROOT);
    if (plain.equals("abbruch") || plain.equals("abort")) {
      throw new CeremonyAborted(words.say("aborted"));
    }
    return answer;
  }

  boolean yes(String id, String question) throws CeremonyAborted {
    for (int i = 0; i < PATIENCE; i++) {
      String answer = ask(id, question + " " + words.say("yes.no"), false).toLowerCase(Locale.ROOT);
      switch (answer) {
        case "ja", "j", "yes", "y" -> {
          return true;
        }
        case "nein", "n", "no" -> {
          return false;
        }
        default -> tell(words.say("say.yes.no"));
      }
    }
    throw new CeremonyAborted(words.say("aborted.patience"));
  }

  /** Says what is about to happen, has two people confirm it, does it, writes it down. */
  <T> T step(String id, Work<T> work, Object... parts)
      throws CeremonyAborted,
          CeremonyFailed,
          IOException,
          VaultUnusable,
          SigningUnavailable,
          SigningRefused {
    return stepBy(id, _ -> work.perform(), parts);
  }

  /** The same, where what is done names the two who confirmed it. */
  <T> T stepBy(String id, WorkBy<T> work, Object... parts)
      throws CeremonyAborted,
          CeremonyFailed,
          IOException,
          VaultUnusable,
          SigningUnavailable,
          SigningRefused {
    String sentence = words.say("step." + act + "." + id, parts);
    tell("");
    tell("==> " + sentence);
    List<String> two = twoOfThem(id);
    // The record can't be closed and then be written to.
    boolean last = id.equals("close");
    if (last) {
      minutes.step(act + "." + id, sentence, two);
    }
    T made = work.perform(two);
    if (!last) {
      minutes.step(act + "." + id, sentence, two);
    }
    tell("    " + words.say("done"));
    return made;
  }

  private List<String> twoOfThem(String id) throws CeremonyAborted {
    String first = somebody(id, "ask.confirm.first", List.of());
    return List.of(first, somebody(id, "ask.confirm.second", List.of(first)));
  }

  private String somebody(String id, String question, List<String> not) throws CeremonyAborted {
    for (int i = 0; i < PATIENCE; i++) {
      String name = ask(id + ".confirm", words.say(question), false);
      boolean there = present.stream().anyMatch(person -> person.name().equals(name));
      if (there && !not.contains(name)) {
        return name;
      }
      tell(words.say(there ? "confirm.same" : "confirm.nobody", name));
    }
    throw new CeremonyAborted(words.say("aborted.patience"));
  }

  /** Something that is done in a step that these two confirmed. */
  @FunctionalInterface
  interface WorkBy<T> {
    T perform(List<String> two)
        throws CeremonyAborted,
            CeremonyFailed,
            IOException,
            VaultUnusable,
            SigningUnavailable,
            SigningRefused;
  }

  /** Something that is done in a step. */
  @FunctionalInterface
  interface Work<T> {
    T perform()
        throws CeremonyAborted,
            CeremonyFailed,
            IOException,
            VaultUnusable,
            SigningUnavailable,
            SigningRefused;
  }
}
