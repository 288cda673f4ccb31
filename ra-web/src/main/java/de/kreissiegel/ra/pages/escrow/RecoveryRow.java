package de.kreissiegel.ra.pages.escrow;

import de.kreissiegel.ca.escrow.Said;
import de.kreissiegel.ca.recovery.Recovery;
import de.kreissiegel.ra.pages.DistinguishedNames;
import de.kreissiegel.ra.pages.Mark;
import de.kreissiegel.ra.pages.Mark.Tone;
import de.kreissiegel.ra.pages.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A recovery as pages show it.
 *
 * @param owner whose keys
 * @param collector who gets them
 * @param keys how many
 * @param history who did what, in order
 * @param open whether anything can still come of it
 */
record RecoveryRow(
    String id,
    String owner,
    String tenant,
    String collector,
    String reason,
    int keys,
    Mark mark,
    List<String> history,
    boolean open,
    String until) {
  static RecoveryRow of(Recovery recovery, Words words) {
    Recovery.Terms terms = recovery.terms();
    return new RecoveryRow(
        recovery.id().toString(),
        DistinguishedNames.commonName(terms.ownerName()),
        words.tenant(terms.tenant()),
        terms.collectorName(),
        terms.reason(),
        terms.items().size(),
        mark(recovery),
        history(recovery, words),
        recovery.isOpen(),
        words.time(
            recovery instanceof Recovery.Ready ready ? ready.offer().until() : terms.until()));
  }

  private static Mark mark(Recovery recovery) {
    return switch (recovery) {
      case Recovery.Requested _ -> new Mark(Tone.WARNING, "recovery.state.requested");
      case Recovery.Approved _ -> new Mark(Tone.WARNING, "recovery.state.approved");
      case Recovery.Ready _ -> new Mark(Tone.WARNING, "recovery.state.ready");
      case Recovery.Collected _ -> new Mark(Tone.SUCCESS, "recovery.state.collected");
      case Recovery.Ended ended ->
          switch (ended.how()) {
            case REFUSED -> new Mark(Tone.DANGER, "recovery.state.refused");
            case WITHDRAWN -> new Mark(Tone.INFO, "recovery.state.withdrawn");
            case EXPIRED -> new Mark(Tone.INFO, "recovery.state.expired");
            case FAILED -> new Mark(Tone.DANGER, "recovery.state.failed");
          };
    };
  }

  private static List<String> history(Recovery recovery, Words words) {
    List<String> lines = new ArrayList<>();
    lines.add(said("recovery.requested-by", recovery.terms().requested(), words));
    recovery.given().forEach(one -> lines.add(said("recovery.signed-by", one, words)));
    switch (recovery) {
      case Recovery.Requested _, Recovery.Approved _ -> {
        // Nothing more yet.
      }
      case Recovery.Ready ready -> {
        lines.add(said("recovery.released-by", ready.released(), words));
        damaged(ready.offer().damaged(), lines, words);
      }
      case Recovery.Collected collected -> {
        lines.add(said("recovery.released-by", collected.released(), words));
        damaged(collected.damaged(), lines, words);
        lines.add(
            words.of(
                "recovery.collected-by",
                collected.terms().collectorName(),
                words.time(collected.at())));
      }
      case Recovery.Ended ended ->
          lines.add(
              words.of(
                  "recovery.ended." + ended.how().name().toLowerCase(Locale.ROOT),
                  ended.byName(),
                  words.time(ended.at()),
                  ended.reason()));
    }
    return List.copyOf(lines);
  }

  private static String said(String key, Said said, Words words) {
    return words.of(key, said.name(), words.time(said.at()));
  }

  private static void damaged(int keys, List<String> lines, Words words) {
    if (keys > 0) {
      lines.add(words.of("recovery.damaged", keys));
    }
  }
}
