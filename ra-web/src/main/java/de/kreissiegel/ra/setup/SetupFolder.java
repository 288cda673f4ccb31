package de.kreissiegel.ra.setup;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * The data directory while it is set up. Answers and passwords lie in {@code setup-draft}, for
 * their owner alone; what is written in the end comes from there in one step a file, the
 * configuration last. Nothing is written elsewhere.
 */
final class SetupFolder implements AutoCloseable {
  /** Stands there from the moment that there is an installation. */
  static final String CONFIGURATION = "kreissiegel.yaml";

  static final String PLAN = "plan.yaml";
  static final String CHECKLIST = "checklist.txt";
  static final String SECRETS = "secrets";

  private static final String DRAFT = "setup-draft";
  private static final String ANSWERS = "answers.yaml";
  private static final String LOCK = "lock";

  /** By which the launcher knows that a folder is ours. */
  private static final String OURS = "kreissiegel-data";

  private static final Set<String> INSTALLATION =
      Set.of(CONFIGURATION, "vault", "authorities", "ceremonies");
  private static final long LARGEST = 1 << 20;

  private final Path root;
  private final FileChannel lock;

  private SetupFolder(Path root, FileChannel lock) {
    this.root = root;
    this.lock = lock;
  }

  /**
   * Takes a folder for this process alone; makes it if it isn't there.
   *
   * @throws SetupRefused if it holds an installation or somebody else's files, or can't be written
   */
  static SetupFolder open(Path folder) throws SetupRefused {
    Path root = folder.toAbsolutePath().normalize();
    try {
      requireFree(root);
      Files.createDirectories(root);
      Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwx------"));
      FileChannel channel =
          FileChannel.open(root.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      requireAlone(channel, root);
      requireFree(root); // another one may have finished before the lock was ours
      var opened = new SetupFolder(root, channel);
      opened.folder(opened.draft());
      opened.folder(opened.draft().resolve(SECRETS));
      return opened;
    } catch (IOException cannot) {
      throw new SetupRefused(
          "the data directory " + root + " can't be written; name another one with --data.",
          cannot);
    }
  }

  private static void requireFree(Path root) throws IOException, SetupRefused {
    if (!Files.exists(root, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    if (Files.exists(root.resolve(CONFIGURATION), LinkOption.NOFOLLOW_LINKS)) {
      clear(root.resolve(DRAFT)); // where a crash came after the last move
    }
    for (String part : INSTALLATION) {
      if (Files.exists(root.resolve(part), LinkOption.NOFOLLOW_LINKS)) {
        throw new SetupRefused(
            root
                + " already holds an installation ("
                + part
                + "); setup changes none. Name an empty folder with --data.");
      }
    }
    Path draft = root.resolve(DRAFT);
    if (Files.isDirectory(draft, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    try (Stream<Path> files = Files.list(root)) {
      if (files.anyMatch(file -> !file.getFileName().toString().equals(LOCK))) {
        throw new SetupRefused(
            root + " holds files that are not Kreissiegel's; name an empty folder with --data.");
      }
    }
  }

  private static void requireAlone(FileChannel channel, Path root)
      throws IOException, SetupRefused {
    FileLock lock;
    try {
      lock = channel.tryLock();
    } catch (OverlappingFileLockException _) {
      lock = null;
    }
    if (lock == null) {
      channel.close();
      throw new SetupRefused(
          "another kreissiegel is running on " + root + "; end it first, or name another --data.");
    }
  }

  Path root() {
    return root;
  }

  Path draft() {
    return root.resolve(DRAFT);
  }

  /** What was answered before; nothing if that can't be read. */
  Answers answers() throws SetupRefused {
    Path file = draft().resolve(ANSWERS);
    var answers = new TreeMap<String, String>();
    if (!Files.exists(file)) {
      return new Answers(answers);
    }
    try {
      if (Files.size(file) > LARGEST) {
        throw new IOException("it is too large");
      }
      Object read = new Load(LoadSettings.builder().build()).loadFromString(Files.readString(file));
      if (read instanceof Map<?, ?> map) {
        map.forEach((name, value) -> answers.put(String.valueOf(name), String.valueOf(value)));
      }
      return new Answers(answers);
    } catch (IOException | YamlEngineException unreadable) {
      throw new SetupRefused(
          file + " can't be read; take the folder setup-draft away to begin anew.", unreadable);
    }
  }

  void keep(Answers answers) throws IOException {
    String text =
        new Dump(DumpSettings.builder().build()).dumpToString(new TreeMap<>(answers.values()));
    write(draft().resolve(ANSWERS), text);
  }

  /** A password that was given; empty if none was. */
  Optional<String> secret(String name) throws IOException {
    Path file = secretFile(name);
    return Files.exists(file) ? Optional.of(Files.readString(file).strip()) : Optional.empty();
  }

  boolean hasSecret(String name) {
    return Files.exists(secretFile(name));
  }

  Path secretFile(String name) {
    return draft().resolve(SECRETS).resolve(name);
  }

  void keepSecret(String name, String secret) throws IOException {
    write(secretFile(name), secret + "\n");
  }

  /** An empty folder in the draft, for its owner alone. */
  Path fresh(String name) throws IOException {
    Path fresh = draft().resolve(name);
    clear(fresh);
    return folder(fresh);
  }

  Path folder(Path folder) throws IOException {
    if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
      Files.createDirectory(
          folder,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }
    return folder;
  }

  /** A file for its owner alone, whole or not at all, on disk when this returns. */
  static void write(Path file, String text) throws IOException {
    Path beside = file.resolveSibling(file.getFileName() + ".new");
    Files.deleteIfExists(beside);
    Files.createFile(
        beside, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    try (FileChannel channel = FileChannel.open(beside, StandardOpenOption.WRITE)) {
      ByteBuffer rest = StandardCharsets.UTF_8.encode(text);
      while (rest.hasRemaining()) {
        channel.write(rest);
      }
      channel.force(true);
    }
    Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE);
  }

  /**
   * Moves what lies in a folder of the draft to its place; the configuration comes last, and with
   * it there is an installation. Then the draft goes.
   */
  void moveIn(Path made) throws IOException {
    for (String name : List.of("run", "web", "logs", SECRETS)) {
      folder(root.resolve(name));
    }
    write(
        root.resolve(OURS),
        "This folder belongs to a Kreissiegel installation. It is set up when kreissiegel.yaml"
            + " stands beside this file.\n");
    Path secrets = made.resolve(SECRETS);
    for (Path secret : listed(secrets)) {
      move(secret, root.resolve(SECRETS).resolve(secret.getFileName().toString()));
    }
    for (Path file : listed(made)) {
      String name = file.getFileName().toString();
      if (!name.equals(SECRETS) && !name.equals(CONFIGURATION)) {
        move(file, root.resolve(name));
      }
    }
    move(made.resolve(CONFIGURATION), root.resolve(CONFIGURATION));
    clear(draft());
  }

  private static void move(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private static List<Path> listed(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }

  private static void clear(Path folder) throws IOException {
    if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  @Override
  public void close() throws IOException {
    lock.close();
  }
}
