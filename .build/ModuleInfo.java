import java.nio.file.Files;
import java.nio.file.Path;

/// Gives a `module-info.class` the class-file version of Java 17.
///
/// Maven packs modular jars with the `jar` tool of the JDK that runs it, and that of 17 reads
/// nothing newer. A module descriptor holds nothing that 17 doesn't know.
void main(String[] arguments) throws Exception {
  Path descriptor = Path.of(arguments[0]);
  if (!Files.exists(descriptor)) {
    return;
  }
  byte[] octets = Files.readAllBytes(descriptor);
  // JVMS §4.1: magic (4 octets), minor version (2), major version (2).
  if (octets[7] != 61) {
    octets[7] = 61;
    Files.write(descriptor, octets);
  }
}
