package de.kreissiegel.ra.pages.roles;

import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.access.Office;
import de.kreissiegel.ca.access.RoleMatrix;
import de.kreissiegel.ca.access.RoleSource;
import de.kreissiegel.ca.refusal.Refused;
import de.kreissiegel.ca.roles.Conflict;
import de.kreissiegel.ca.roles.RoleDesk;
import de.kreissiegel.ra.pages.Words;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** The matrix of offices. */
@Controller
class RolePage {
  private final RoleDesk desk;
  private final Words words;

  RolePage(RoleDesk desk, Words words) {
    this.desk = desk;
    this.words = words;
  }

  /**
   * An office as the page shows it.
   *
   * @param may what who holds it may do, in words
   * @param excludes how many others who holds it may not hold: of those that exclude each other all
   * @param groups which groups give it
   * @param own whether the visitor holds it
   */
  record Row(
      String title,
      String text,
      List<String> may,
      long excludes,
      List<String> groups,
      boolean own) {}

  /** Whose offices don't count. */
  record ConflictRow(String name, String offices, String since) {}

  @GetMapping("/roles")
  String matrix(Actor.Person person, Model model) throws Refused {
    List<RoleSource> sources = desk.sources(person);
    model.addAttribute(
        "offices",
        Arrays.stream(Office.values()).map(office -> row(office, person, sources)).toList());
    model.addAttribute("conflicts", desk.conflicts(person).stream().map(this::conflict).toList());
    return "roles";
  }

  private Row row(Office office, Actor.Person person, List<RoleSource> sources) {
    return new Row(
        words.of("office." + office),
        words.of("office." + office + ".text"),
        RoleMatrix.actionsOf(office).stream().map(action -> words.of("action." + action)).toList(),
        Arrays.stream(Office.values()).filter(office::excludes).count(),
        sources.stream()
            .filter(source -> source.office() == office)
            .map(source -> source.directory() + ": " + source.group())
            .toList(),
        RoleMatrix.of(person).contains(office));
  }

  private ConflictRow conflict(Conflict conflict) {
    return new ConflictRow(
        conflict.name(),
        words.joined(titles(conflict.offices().stream().sorted().toList())),
        words.time(conflict.since()));
  }

  private List<String> titles(Collection<Office> offices) {
    return offices.stream().map(office -> words.of("office." + office)).toList();
  }
}
