package de.kreissiegel.ra.pages.equipment;

import de.kreissiegel.ca.access.AccessRules;
import de.kreissiegel.ca.access.Action;
import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.equipment.Equipment;
import de.kreissiegel.ca.equipment.Equipment.State;
import de.kreissiegel.ca.equipment.EquipmentDesk;
import de.kreissiegel.ra.pages.Mark;
import de.kreissiegel.ra.pages.Mark.Tone;
import de.kreissiegel.ra.pages.Words;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/**
 * A thing that was handed out, as the list shows it.
 *
 * @param kind in words
 * @param issuedBy who handed it out
 * @param movedBy who said last how it stands; empty while it is out
 * @param movedNote why; may be empty
 * @param certificates addresses of the certificates on it
 * @param state its name
 * @param due whether its holder left
 * @param next what it may become, by this actor
 */
record EquipmentRow(
    String id,
    String kind,
    String serial,
    String tenant,
    String holder,
    String note,
    String issuedBy,
    Instant issuedAt,
    Mark mark,
    String state,
    boolean due,
    String movedBy,
    Instant movedAt,
    String movedNote,
    List<String> certificates,
    List<String> next) {
  static EquipmentRow of(EquipmentDesk.Listed listed, Actor.Person actor, Words words) {
    Equipment one = listed.equipment();
    boolean manages = AccessRules.allows(actor, Action.MANAGE_EQUIPMENT, one.tenant());
    return new EquipmentRow(
        one.id().toString(),
        words.of("equipment.kind." + one.kind()),
        one.serial(),
        words.tenant(one.tenant()),
        one.holderName(),
        one.note(),
        one.issued().name(),
        one.issued().at(),
        mark(one.state(), listed.due()),
        one.state().name(),
        listed.due(),
        one.state() == State.OUT ? "" : one.moved().name(),
        one.moved().at(),
        one.movedNote(),
        one.certificates().stream()
            .map(link -> "/certificates/" + link.authority() + "/" + link.serial())
            .sorted()
            .toList(),
        manages
            ? Arrays.stream(State.values()).filter(one.state()::mayBecome).map(State::name).toList()
            : List.of());
  }

  private static Mark mark(State state, boolean due) {
    return due
        ? new Mark(Tone.WARNING, "equipment.state.due")
        : new Mark(
            switch (state) {
              case OUT -> Tone.INFO;
              case RETURNED, DESTROYED -> Tone.SUCCESS;
              case LOST -> Tone.DANGER;
            },
            "equipment.state." + state);
  }
}
