package de.kreissiegel.ra.setup;

import de.kreissiegel.ca.policyset.PolicySet;
import de.kreissiegel.ra.ceremony.PlanCheck;
import de.kreissiegel.ra.wiring.DirectoryTrial;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.Period;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What is wrong with answers, without asking anybody else. */
final class Checks {
  private static final Set<String> AUTHORITIES = Set.of("people", "devices");

  private final SetupFolder folder;
  private final InstantSource clock;

  Checks(SetupFolder folder, InstantSource clock) {
    this.folder = folder;
    this.clock = clock;
  }

  /** All that is wrong in a step. */
  List<Fault> of(Step step, Answers answers, Locale language) throws IOException {
    var faults = new ArrayList<Fault>();
    for (Part part : step.parts()) {
      if (part.isRows()) {
        rows(part, answers, faults);
      } else {
        part.inputs()
            .forEach(
                input -> value(input, input.name(), answers.get(input.name()), answers, faults));
      }
    }
    switch (step) {
      case DISTRICT -> district(answers, faults);
      case DATABASE -> database(answers, faults);
      case DIRECTORY -> directory(answers, faults);
      case MAIL -> mail(answers, faults);
      case KEYS -> keys(answers, faults, language);
      case PEOPLE -> people(answers, faults, language);
    }
    return List.copyOf(faults);
  }

  /** What can be chosen; an algorithm by what the calendar lets the policy set have now. */
  List<String> choices(Input input, Answers answers) {
    if (!input.name().equals("algorithm")) {
      return input.choices();
    }
    PolicySet set = PolicySet.ofConfigName(answers.get("policy-set")).orElse(PolicySet.DEFAULT);
    String years = answers.get("root-years");
    Period validity = Period.ofYears(years.matches("[1-6]") ? Integer.parseInt(years) : 1);
    return PlanCheck.algorithms(set, clock.instant(), validity);
  }

  private void value(Input input, String name, String value, Answers answers, List<Fault> faults) {
    if (input.kind() == Input.Kind.PASSWORD || input.kind() == Input.Kind.FILE) {
      return;
    }
    if (value.isEmpty()) {
      if (input.required()) {
        faults.add(Fault.of(name, "required"));
      }
    } else if (value.length() > input.longest()) {
      faults.add(new Fault(name, "too-long", Integer.toString(input.longest())));
    } else if (input.kind() == Input.Kind.CHOICE) {
      if (!choices(input, answers).contains(value)) {
        faults.add(Fault.of(name, "choice"));
      }
    } else {
      input.rule().fault(value).ifPresent(code -> faults.add(Fault.of(name, code)));
    }
  }

  private void rows(Part part, Answers answers, List<Fault> faults) {
    List<Map<String, String>> rows = answers.rows(part);
    for (int i = 0; i < rows.size(); i++) {
      for (Input column : part.inputs()) {
        String name = part.name() + "." + i + "." + column.name();
        value(column, name, rows.get(i).getOrDefault(column.name(), ""), answers, faults);
      }
    }
  }

  private static void district(Answers answers, List<Fault> faults) {
    if (!faults.isEmpty()) {
      return;
    }
    var ports = new HashSet<String>();
    for (String port : List.of("pages-port", "certificate-port", "validation-port")) {
      if (!ports.add(answers.get(port))) {
        faults.add(Fault.of(port, "port-twice"));
      }
    }
    if (!URI.create(answers.get("public-base-url")).getHost().contains(".")
        && !URI.create(answers.get("public-base-url")).getHost().equals("localhost")) {
      faults.add(Fault.of("public-base-url", "host-short"));
    }
  }

  private void database(Answers answers, List<Fault> faults) {
    if (answers.is("database", "embedded")) {
      return;
    }
    required(answers, faults, "database-url", "database-user", "database-owner");
    secrets(faults, "database-password", "database-owner-password");
    if (faults.isEmpty() && answers.is("database-owner", answers.get("database-user"))) {
      faults.add(Fault.of("database-owner", "same-role"));
    }
  }

  private void directory(Answers answers, List<Fault> faults) {
    secrets(faults, "directory-password");
    boolean startTls = answers.is("directory-starttls", "yes");
    for (String line : answers.lines("directory-url")) {
      boolean tls = line.toLowerCase(Locale.ROOT).startsWith("ldaps:");
      boolean here = line.matches("(?i)ldaps?://(localhost|127\\.0\\.0\\.1|\\[::1])(:\\d+)?");
      if (tls && startTls) {
        faults.add(Fault.of("directory-starttls", "starttls-twice"));
      } else if (!tls && !startTls && !here) {
        faults.add(Fault.of("directory-url", "in-the-clear"));
      }
    }
    if (answers.is("mapping", "own")) {
      String text = answers.get("mapping-text");
      if (text.isEmpty()) {
        faults.add(Fault.of("mapping-text", "required"));
      } else {
        DirectoryTrial.wrong(text)
            .ifPresent(wrong -> faults.add(new Fault("mapping-text", "mapping", wrong)));
      }
    }
  }

  private void mail(Answers answers, List<Fault> faults) {
    if (answers.is("mail", "no")) {
      faults.clear();
      return;
    }
    required(answers, faults, "mail-host", "mail-port", "mail-from", "mail-operator");
    if (!answers.get("mail-user").isEmpty()) {
      secrets(faults, "mail-password");
    }
    if (answers.is("mail-encryption", "none")
        && !List.of("localhost", "127.0.0.1").contains(answers.get("mail-host"))) {
      faults.add(Fault.of("mail-encryption", "in-the-clear"));
    }
  }

  private void keys(Answers answers, List<Fault> faults, Locale language) throws IOException {
    var names = new HashSet<String>();
    answers.rows("issuing").forEach(row -> names.add(row.getOrDefault("name", "")));
    if (!names.containsAll(AUTHORITIES)) {
      faults.add(Fault.of("", "issuing-missing"));
    }
    if (answers.rows("tenants").isEmpty()) {
      faults.add(Fault.of("", "tenants-missing"));
    }
    if (faults.isEmpty()) {
      plan(answers, Texts.Missing.KEYS_AND_PEOPLE, faults, language);
    }
  }

  private void people(Answers answers, List<Fault> faults, Locale language) throws IOException {
    List<Map<String, String>> people = answers.rows("people");
    if (count(people, "leader") != 1
        || count(people, "key-officer") < 1
        || count(people, "witness") < 1) {
      faults.add(Fault.of("", "roles"));
    }
    if (answers.get("threshold").matches("[0-9]{1,2}")) {
      int threshold = answers.number("threshold");
      if (threshold < 2 || count(people, "custodian") < threshold) {
        faults.add(new Fault("threshold", "threshold", Long.toString(count(people, "custodian"))));
      }
    }
    var names = new HashSet<String>();
    for (Map<String, String> person : people) {
      if (!names.add(person.getOrDefault("name", ""))) {
        faults.add(new Fault("", "person-twice", person.getOrDefault("name", "")));
      }
    }
    boolean cards = answers.is("medium", "card");
    if (cards != !answers.get("card-library").isEmpty()) {
      faults.add(Fault.of("card-library", cards ? "required" : "card-unused"));
    }
    if (answers.rows("officers").size() < 2) {
      faults.add(Fault.of("", "officers-two"));
    }
    if (faults.isEmpty()) {
      plan(answers, Texts.Missing.KEYS, faults, language);
    }
  }

  private static long count(List<Map<String, String>> people, String role) {
    return people.stream().filter(person -> role.equals(person.get("role"))).count();
  }

  /** As {@code ceremony init} reads it. */
  private void plan(Answers answers, Texts.Missing missing, List<Fault> faults, Locale language)
      throws IOException {
    if (answers.get("organization").isEmpty()
        || Rule.HTTP_URL.fault(answers.get("validation-base-url")).isPresent()
        || Rule.HTTPS_URL.fault(answers.get("public-base-url")).isPresent()) {
      faults.add(Fault.of("", "district-first"));
      return;
    }
    Path file = folder.fresh("plan-check").resolve(SetupFolder.PLAN);
    SetupFolder.write(file, new Texts(answers).plan(missing));
    PlanCheck.wrong(file, clock.instant(), language)
        .forEach(sentence -> faults.add(new Fault("", "plan", sentence)));
  }

  private static void required(Answers answers, List<Fault> faults, String... names) {
    for (String name : names) {
      if (answers.get(name).isEmpty()) {
        faults.add(Fault.of(name, "required"));
      }
    }
  }

  private void secrets(List<Fault> faults, String... names) {
    for (String name : names) {
      if (!folder.hasSecret(name)) {
        faults.add(Fault.of(name, "required"));
      }
    }
  }

  /** The fault of an input, if it has one. */
  static Optional<Fault> at(List<Fault> faults, String input) {
    return faults.stream().filter(fault -> fault.input().equals(input)).findFirst();
  }
}
