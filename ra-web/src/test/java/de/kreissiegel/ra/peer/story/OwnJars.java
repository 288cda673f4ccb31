package de.kreissiegel.ra.peer.story;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * The class path as the launcher knows it: jars, named after their modules. Our own modules come to
 * a test as folders of classes, or as jars, as far as Maven has got; here folders become jars.
 */
final class OwnJars {
  private OwnJars() {}

  /** The class path of this test without its tests. */
  static String gather(Path folder) throws IOException {
    Files.createDirectories(folder);
    List<String> jars = new ArrayList<>();
    for (String place : System.getProperty("java.class.path").split(File.pathSeparator)) {
      Path path = Path.of(place);
      if (!Files.isDirectory(path)) {
        jars.add(place);
      } else if (path.endsWith(Path.of("target", "classes"))) {
        String module = path.getParent().getParent().getFileName().toString();
        jars.add(pack(path, folder.resolve(module + ".jar")).toString());
      }
    }
    return String.join(File.pathSeparator, jars);
  }

  private static Path pack(Path classes, Path jar) throws IOException {
    try (OutputStream out = Files.newOutputStream(jar);
        var zip = new ZipOutputStream(out);
        var files = Files.walk(classes)) {
      zip.setLevel(0);
      for (Path path : files.skip(1).sorted().toList()) {
        boolean folder = Files.isDirectory(path);
        // Folders, too: Flyway asks the class path for one.
        zip.putNextEntry(new ZipEntry(classes.relativize(path) + (folder ? "/" : "")));
        if (!folder) {
          Files.copy(path, zip);
        }
        zip.closeEntry();
      }
    }
    return jar;
  }
}
