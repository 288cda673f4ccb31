import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.FormatterException;
import com.google.googlejavaformat.java.ImportOrderer;
import com.google.googlejavaformat.java.JavaFormatterOptions;
import com.google.googlejavaformat.java.RemoveUnusedImports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Holds the Java sources under a folder to google-java-format.
///
/// `check FOLDER` lists what differs and exits with 1; `write FOLDER` rewrites it.
void main(String[] arguments) throws Exception {
  boolean write = arguments[0].equals("write");
  Path folder = Path.of(arguments[1]);
  if (!Files.isDirectory(folder)) {
    return;
  }
  List<Path> sources;
  try (var files = Files.walk(folder)) {
    sources = files.filter(file -> file.toString().endsWith(".java")).sorted().toList();
  }
  List<String> faults =
      sources.parallelStream().map(file -> fault(file, write)).filter(it -> !it.isEmpty()).toList();
  faults.forEach(System.err::println);
  if (!faults.isEmpty()) {
    System.err.println("`mvn compile -Dformat` puts this right, if it can be read.");
    System.exit(1);
  }
}

/// What is wrong with it; nothing once it is rewritten.
private static String fault(Path file, boolean write) {
  try {
    String is = Files.readString(file);
    String ought =
        new Formatter(JavaFormatterOptions.defaultOptions())
            .formatSource(
                RemoveUnusedImports.removeUnusedImports(
                    ImportOrderer.reorderImports(is, JavaFormatterOptions.Style.GOOGLE)));
    if (is.equals(ought)) {
      return "";
    }
    if (!write) {
      return "not formatted: " + file;
    }
    Files.writeString(file, ought);
    return "";
  } catch (FormatterException unreadable) {
    return file + ": " + unreadable.getMessage();
  } catch (IOException broken) {
    throw new UncheckedIOException(broken);
  }
}
