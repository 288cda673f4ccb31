package de.kreissiegel.hsm.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** systemd's own opinion of how much the signer's unit could still do. */
@Tag("peer")
class UnitPeerTest {
  private static final Path PACKAGING = Path.of("src/packaging");
  private static final String UNIT = "kreissiegel-signer.service";
  private static final Pattern FIGURE = Pattern.compile("exposure level for \\S+: (\\d+\\.\\d)");

  @TempDir Path folder;

  @Test
  void leavesTheLocalSignerNextToNothing() throws Exception {
    report("unit, local socket", exposure(6));
  }

  @Test
  void leavesASignerForOtherHostsLittleMore() throws Exception {
    dropIn("network.conf");
    report("unit, network", exposure(15));
  }

  @Test
  void leavesASignerWithADeviceLittleMore() throws Exception {
    dropIn("device.conf");
    report("unit, device", exposure(15));
  }

  private void dropIn(String name) throws IOException {
    Path folderOfUnit = Files.createDirectories(folder.resolve(UNIT + ".d"));
    Files.copy(PACKAGING.resolve("drop-ins").resolve(name), folderOfUnit.resolve(name));
  }

  /**
   * The overall exposure, 0.0 (none) to 10.0.
   *
   * @param threshold what it may be at most, in tenths
   */
  private String exposure(int threshold) throws Exception {
    Path unit = Files.copy(PACKAGING.resolve(UNIT), folder.resolve(UNIT));
    Process process =
        new ProcessBuilder(
                "systemd-analyze",
                "security",
                "--no-pager",
                "--offline=true",
                "--threshold=" + threshold,
                unit.toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    assertThat(said).doesNotContain("Unknown key", "Failed to parse", "ignoring");
    Matcher figure = FIGURE.matcher(said);
    assertThat(figure.find()).as(said).isTrue();
    return figure.group(1);
  }

  private static void report(String what, String figure) throws IOException {
    String line = "%-12s %5d assertions   %s: exposure %s%n".formatted("systemd", 3, what, figure);
    Path report = Path.of("target", "peers", "report.txt");
    Files.createDirectories(report.getParent());
    Files.write(
        report,
        List.of(line.stripTrailing()),
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
    System.out.print(line);
  }
}
