package de.kreissiegel.ra.launcher;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The classes that a part of the demo loads, parsed once and mapped by its next starts (JEP 350).
 * The JVM makes the archive when it ends, if there is none, or one of other libraries or another
 * JDK. It is code: it lies beside the libraries, and whoever may write there may change those, too.
 * A vault that other users run has none.
 */
final class ClassArchive {
  /** Names the folder; the script that starts us says it. */
  private static final String FOLDER = "kreissiegel.archives";

  private ClassArchive() {}

  /** The options of the JVM that runs the part; none where no archive can be kept. */
  static List<String> of(String part) {
    return of(part, System.getProperty(FOLDER));
  }

  static List<String> of(String part, @Nullable String folder) {
    if (folder == null || !Files.isWritable(Path.of(folder))) {
      return List.of();
    }
    return List.of(
        "-XX:+AutoCreateSharedArchive",
        "-XX:SharedArchiveFile=" + Path.of(folder).resolve(part + ".jsa"),
        // What is wrong with an archive is nobody's trouble: it is made anew.
        "-Xlog:cds=off,cds+dynamic=off,aot=off");
  }
}
