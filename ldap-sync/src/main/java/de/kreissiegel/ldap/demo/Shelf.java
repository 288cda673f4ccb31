package de.kreissiegel.ldap.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldif.LDIFException;
import com.unboundid.ldif.LDIFReader;
import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The entries on disk: {@code entries-N.ldif} with all of them at one time, and {@code
 * changes-N.ldif} with each entry changed since, as it stood afterwards, synced one by one. Both
 * hold the operational attributes, so that {@code entryUUID} and {@code modifyTimestamp} outlive a
 * restart. A record that a crash cut off in the log has no blank line after it and is left out: it
 * was never answered.
 */
final class Shelf implements Closeable {
  private static final Pattern SNAPSHOT = Pattern.compile("entries-(\\d{1,12})\\.ldif");
  private static final String GONE = "# gone ";
  private final Path folder;
  private long number;
  private FileChannel log;

  private Shelf(Path folder, long number, FileChannel log) {
    this.folder = folder;
    this.number = number;
    this.log = log;
  }

  /** The entries that are kept in a folder, parents first; empty if none ever were. */
  static Optional<List<Entry>> read(Path folder) throws IOException {
    long newest = newest(folder);
    if (newest == 0) {
      return Optional.empty();
    }
    SequencedMap<String, Entry> entries = new LinkedHashMap<>();
    apply(Files.readString(snapshot(folder, newest)), entries);
    Path changes = changes(folder, newest);
    if (Files.exists(changes)) {
      // A cut-off record may end within a character: decoding must not fail on it.
      apply(new String(Files.readAllBytes(changes), UTF_8), entries);
    }
    return Optional.of(
        entries.values().stream().sorted(Comparator.comparingInt(Shelf::depth)).toList());
  }

  /** Begins anew with these entries; what was there before is replaced when they are safe. */
  static Shelf begin(Path folder, Collection<? extends Entry> entries) throws IOException {
    long number = newest(folder) + 1;
    var shelf = new Shelf(folder, number, write(folder, number, entries));
    shelf.removeOlder();
    return shelf;
  }

  /** Puts down one entry as it stands, or that it is gone; returns when it is on disk. */
  synchronized void put(String dn, Optional<? extends Entry> entry) throws IOException {
    String record =
        entry.map(e -> e.toLDIFString(0)).orElseGet(() -> GONE + encoded(dn) + "\n") + "\n";
    append(log, record);
  }

  /** Puts down all entries. */
  synchronized void putAll(Collection<? extends Entry> entries) throws IOException {
    FileChannel next = write(folder, number + 1, entries);
    log.close();
    log = next;
    number++;
    removeOlder();
  }

  @Override
  public synchronized void close() throws IOException {
    log.close();
  }

  private static void apply(String ldif, Map<String, Entry> entries) throws IOException {
    int from = 0;
    for (int end = ldif.indexOf("\n\n"); end >= 0; end = ldif.indexOf("\n\n", from)) {
      String record = ldif.substring(from, end).strip();
      from = end + 2;
      if (!record.isEmpty() && !record.startsWith("version:")) {
        applyOne(record, entries);
      }
    }
  }

  private static void applyOne(String record, Map<String, Entry> entries) throws IOException {
    try {
      if (record.startsWith(GONE)) {
        byte[] dn = Base64.getDecoder().decode(record.substring(GONE.length()));
        entries.remove(DN.normalize(new String(dn, UTF_8)));
        return;
      }
      try (var reader = new LDIFReader(new ByteArrayInputStream(record.getBytes(UTF_8)))) {
        Entry entry = reader.readEntry();
        if (entry != null) {
          entries.put(entry.getParsedDN().toNormalizedString(), entry);
        }
      }
    } catch (LDIFException | LDAPException | IllegalArgumentException e) {
      throw new IOException("a record of the directory can't be read: " + e.getMessage(), e);
    }
  }

  private static int depth(Entry entry) {
    try {
      return entry.getParsedDN().getRDNs().length;
    } catch (LDAPException e) {
      throw new IllegalStateException(e);
    }
  }

  private static FileChannel write(Path folder, long number, Collection<? extends Entry> entries)
      throws IOException {
    var text = new StringBuilder("version: 1\n\n");
    entries.forEach(entry -> text.append(entry.toLDIFString(0)).append('\n'));
    FileChannel log = open(changes(folder, number));
    Path unfinished = folder.resolve("entries.ldif.unfinished");
    try (FileChannel channel = open(unfinished)) {
      append(channel, text.toString());
    }
    Files.move(unfinished, snapshot(folder, number), StandardCopyOption.ATOMIC_MOVE);
    syncFolder(folder);
    return log;
  }

  /** Readable by the owner only: the hashes of passwords are in it. */
  private static FileChannel open(Path file) throws IOException {
    Files.deleteIfExists(file);
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    return FileChannel.open(file, StandardOpenOption.WRITE);
  }

  private static void append(FileChannel channel, String text) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(UTF_8));
    long before = channel.position();
    try {
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    } catch (IOException e) {
      // Half a record would spoil the next one.
      channel.truncate(before);
      throw e;
    }
  }

  static void syncFolder(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  private static long newest(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      return files
          .map(file -> SNAPSHOT.matcher(file.getFileName().toString()))
          .filter(Matcher::matches)
          .mapToLong(match -> Long.parseLong(match.group(1)))
          .max()
          .orElse(0);
    }
  }

  private void removeOlder() throws IOException {
    for (long old = number - 1; old > 0 && Files.deleteIfExists(snapshot(folder, old)); old--) {
      Files.deleteIfExists(changes(folder, old));
    }
  }

  private static String encoded(String dn) {
    return Base64.getEncoder().encodeToString(dn.getBytes(UTF_8));
  }

  private static Path snapshot(Path folder, long number) {
    return folder.resolve("entries-" + number + ".ldif");
  }

  private static Path changes(Path folder, long number) {
    return folder.resolve("changes-" + number + ".ldif");
  }
}
