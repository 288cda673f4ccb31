package de.kreissiegel.ra.ceremony;

import de.kreissiegel.ca.authority.AuthorityCatalog;
import de.kreissiegel.ca.authority.AuthorityFiles;
import de.kreissiegel.ca.authority.AuthorityFiles.Member;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Map;

/** The hierarchy with one more member: as it would be read, and then as it is. */
final class TrialHierarchy {
  private TrialHierarchy() {}

  /**
   * Reads it as it would be; nothing is changed.
   *
   * @throws IOException if the member doesn't fit there; the message says why
   */
  static AuthorityCatalog with(Place place, Member member) throws IOException {
    Path trial = place.workshop().authorities();
    Place.clear(place.workshop().root());
    Place.folder(place.workshop().root());
    try {
      Place.folder(trial);
      try (var files = Files.newDirectoryStream(place.authorities())) {
        for (Path file : files) {
          Files.copy(file, trial.resolve(String.valueOf(file.getFileName())));
        }
      }
      add(trial, member);
      return AuthorityFiles.read(trial);
    } finally {
      Place.clear(place.workshop().root());
    }
  }

  /** Adds a member. */
  static void add(Path folder, Member member) throws IOException {
    var members = new ArrayList<>(AuthorityFiles.members(folder));
    members.add(member);
    AuthorityFiles.write(folder, members, Map.of(), AuthorityFiles.read(folder).rollover());
  }
}
