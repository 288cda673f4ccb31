package de.kreissiegel.ca.status;

import static java.lang.System.Logger.Level.WARNING;

import de.kreissiegel.ca.authority.AuthorityName;
import de.kreissiegel.hsm.signing.Bytes;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The lists that a node has on its disk. A file's name says all that its octets don't say at their
 * beginning: which list it is, its number, how many entries it has, and its tag. A file of that
 * form is whole: it gets its name when all of it is on the disk.
 */
final class CrlFolder {
  private static final System.Logger LOG = System.getLogger(CrlFolder.class.getName());

  /** As {@code people~3~d~17~40~a1b2….crl}: partition 3, delta, number 17, 40 entries. */
  private static final Pattern NAME =
      Pattern.compile(
          "([a-z0-9-]+)~([0-9]{1,3})~([fd])~([0-9]{1,18})~([0-9]{1,18})~([0-9a-f]{64})\\.crl");

  private static final String UNFINISHED = ".part";

  /** Of each list the newest, and the one before: somebody may just be about to open that one. */
  private static final int KEPT = 2;

  private final Path folder;

  CrlFolder(Path folder) throws IOException {
    this.folder = Files.createDirectories(folder);
    try (Stream<Path> files = Files.list(folder)) {
      for (Path left : files.filter(one -> one.toString().endsWith(UNFINISHED)).toList()) {
        Files.deleteIfExists(left); // of a process that ended midway
      }
    }
  }

  /** Writes a list's octets. */
  @FunctionalInterface
  interface Copying {
    boolean to(OutputStream out) throws IOException;
  }

  /** The newest of each list that is there; what can't be read is left out. */
  Map<String, CrlFile> newest() throws IOException {
    Map<String, CrlFile> found = new TreeMap<>();
    for (Path file : files()) {
      try {
        CrlFile one = read(file);
        found.merge(one.name().label(), one, (a, b) -> a.number() > b.number() ? a : b);
      } catch (IOException | RuntimeException unreadable) {
        LOG.log(WARNING, "not served: {0}", unreadable.getMessage());
      }
    }
    return found;
  }

  /**
   * Takes in a list.
   *
   * @throws IOException if it isn't all there; nothing has changed then
   */
  CrlFile take(CrlHead list, Copying copying) throws IOException {
    Path part = Files.createTempFile(folder, list.name().label(), UNFINISHED);
    try {
      try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE);
          OutputStream out = Channels.newOutputStream(channel)) {
        if (!copying.to(out)) {
          throw new IOException("list " + list.number() + " is no longer kept");
        }
        channel.force(true);
      }
      if (Files.size(part) != list.length()) {
        throw new IOException(
            "a list of %d octets should have %d".formatted(Files.size(part), list.length()));
      }
      Path file = folder.resolve(fileName(list));
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
      forgetOld(list.name());
      return read(file);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  private void forgetOld(CrlName name) throws IOException {
    List<Path> all = new ArrayList<>();
    for (Path file : files()) {
      if (file.getFileName().toString().startsWith(prefix(name))) {
        all.add(file);
      }
    }
    all.sort(Comparator.comparingLong(CrlFolder::number).reversed());
    for (Path old : all.subList(Math.min(KEPT, all.size()), all.size())) {
      Files.deleteIfExists(old);
    }
  }

  private static long number(Path file) {
    Matcher parts = NAME.matcher(file.getFileName().toString());
    return parts.matches() ? Long.parseLong(parts.group(4)) : 0;
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(one -> NAME.matcher(one.getFileName().toString()).matches()).toList();
    }
  }

  private static String prefix(CrlName name) {
    return "%s~%d~%s~".formatted(name.authority(), name.partition(), name.delta() ? "d" : "f");
  }

  private static String fileName(CrlHead list) {
    return "%s%d~%d~%s.crl"
        .formatted(prefix(list.name()), list.number(), list.entries(), list.tag().toHex());
  }

  private static CrlFile read(Path file) throws IOException {
    Matcher parts = NAME.matcher(file.getFileName().toString());
    if (!parts.matches()) {
      throw new IOException("no list: " + file);
    }
    CrlTitle title = CrlTitle.of(file);
    return new CrlFile(
        new CrlName(
            new AuthorityName(parts.group(1)),
            Integer.parseInt(parts.group(2)),
            parts.group(3).equals("d")),
        Long.parseLong(parts.group(4)),
        title.thisUpdate(),
        title.nextUpdate(),
        Long.parseLong(parts.group(5)),
        Files.size(file),
        Bytes.fromHex(parts.group(6)),
        file);
  }
}
