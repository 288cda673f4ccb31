import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.ImportOrderer;
import com.google.googlejavaformat.java.JavaFormatterOptions;
import com.google.googlejavaformat.java.RemoveUnusedImports;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;

/// Holds the Java sources under a folder to google-java-format.
///
/// `check FOLDER` lists what differs and exits with 1; `write FOLDER` rewrites it.
void main(String[] arguments) throws Exception {
  boolean write = arguments[0].equals("write");
  Path folder = Path.of(arguments[1]);
  if (!Files.isDirectory(folder)) {
    return;
  }
  Formatter formatter = new Formatter(JavaFormatterOptions.defaultOptions());
  var different = new ArrayList<Path>();
  try (var files = Files.walk(folder)) {
    for (Path file : files.filter(f -> f.toString().endsWith(".java")).sorted().toList()) {
      String is = Files.readString(file);
      String ought;
      try {
        ought =
            formatter.formatSource(
                RemoveUnusedImports.removeUnusedImports(
                    ImportOrderer.reorderImports(is, JavaFormatterOptions.Style.GOOGLE)));
      } catch (Exception unreadable) {
        System.err.println(file + ": " + unreadable.getMessage());
        System.exit(1);
        return;
      }
      if (!is.equals(ought)) {
        different.add(file);
        if (write) {
          Files.writeString(file, ought);
        }
      }
    }
  }
  if (!write && !different.isEmpty()) {
    different.forEach(file -> System.err.println("not formatted: " + file));
    System.err.println("`mvn compile -Dformat` puts this right.");
    System.exit(1);
  }
}
