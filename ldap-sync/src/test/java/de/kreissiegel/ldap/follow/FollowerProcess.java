package de.kreissiegel.ldap.follow;

import de.kreissiegel.ca.roster.Bookmark;
import de.kreissiegel.ca.roster.DirectoryIntake;
import de.kreissiegel.ca.roster.DirectoryName;
import de.kreissiegel.ca.roster.DirectoryReport;
import de.kreissiegel.ca.roster.Observation;
import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.ldap.DirectoryConfig;
import de.kreissiegel.ldap.LdapDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A follower in a process of its own, to be killed. Its authority is a file: a reading becomes true
 * with its last line, and what changed is told apart from what was said again.
 */
final class FollowerProcess {
  private FollowerProcess() {}

  /** Arguments: the server's address, the file. */
  public static void main(String[] arguments) throws Exception {
    var clock = Clock.systemUTC();
    var directory =
        new LdapDirectory(
            DirectoryConfig.of(
                URI.create(arguments[0]),
                BigDistrict.ACCOUNT,
                BigDistrict.PASSWORD,
                BigDistrict.BASE),
            clock);
    directory.follower(new Ledger(Path.of(arguments[1])), clock).start();
    Thread.sleep(Long.MAX_VALUE);
  }

  /** The file: a line for each change, and after each reading one with its bookmark. */
  static final class Ledger implements DirectoryIntake {
    private static final String END = " .";
    private final Path file;
    private final Map<String, String> roster = new LinkedHashMap<>();
    private final Map<String, String> waiting = new LinkedHashMap<>();
    private Optional<Bookmark> bookmark = Optional.empty();

    /** How many changes were applied since the first reading. */
    private int applied;

    Ledger(Path file) throws IOException {
      this.file = file;
      List<String> lines = Files.exists(file) ? Files.readAllLines(file) : List.of();
      int last = lines.size() - 1;
      while (last >= 0 && !isBookmark(lines.get(last))) {
        last--;
      }
      // What has no bookmark after it, or half a one, never became true.
      List<String> sound = lines.subList(0, last + 1);
      Files.write(file, sound);
      for (String line : sound) {
        if (isBookmark(line)) {
          String hex = line.substring(2, line.length() - END.length());
          bookmark = Optional.of(new Bookmark(Bytes.fromHex(hex)));
        } else {
          apply(line);
        }
      }
    }

    private static boolean isBookmark(String line) {
      return line.startsWith("L ") && line.endsWith(END);
    }

    private void apply(String line) {
      if (bookmark.isPresent()) {
        applied++;
      }
      if (line.startsWith("P ")) {
        roster.put(id(line), line);
      } else {
        roster.remove(id(line));
      }
    }

    private static String id(String line) {
      return line.split(" ", 3)[1];
    }

    Map<String, String> roster() {
      return roster;
    }

    int applied() {
      return applied;
    }

    static String line(Observation seen) {
      return switch (seen) {
        case Observation.Present p ->
            "P " + p.id() + " " + p.subject().enabled() + " " + p.subject().directoryName();
        case Observation.Gone g -> "G " + g.id();
      };
    }

    @Override
    public synchronized Optional<Bookmark> bookmark(DirectoryName directory) {
      return bookmark;
    }

    @Override
    public synchronized Set<SubjectId> known(DirectoryName directory) {
      var known = new HashSet<SubjectId>();
      roster.keySet().forEach(id -> known.add(new SubjectId(id)));
      return known;
    }

    @Override
    public synchronized void take(DirectoryName directory, DirectoryReport report) {
      report.seen().forEach(seen -> waiting.put(seen.id().value(), line(seen)));
      if (!report.last()) {
        return;
      }
      var fresh = new ArrayList<String>();
      for (String line : waiting.values()) {
        boolean changes =
            line.startsWith("P ")
                ? !line.equals(roster.get(id(line)))
                : roster.containsKey(id(line));
        if (changes) {
          fresh.add(line);
        }
      }
      waiting.clear();
      Bookmark after = report.after().orElseThrow();
      var text = new ArrayList<>(fresh);
      text.add("L " + after.value().toHex() + END);
      try {
        Files.write(
            file,
            text,
            StandardOpenOption.CREATE,
            StandardOpenOption.APPEND,
            StandardOpenOption.SYNC);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      fresh.forEach(this::apply);
      bookmark = Optional.of(after);
    }
  }
}
