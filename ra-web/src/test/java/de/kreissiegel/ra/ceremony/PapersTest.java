package de.kreissiegel.ra.ceremony;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.zxing.BinaryBitmap;
import com.google.zxing.DecodeHintType;
import com.google.zxing.NotFoundException;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.ReaderException;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.rendering.PDFRenderer;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.verapdf.pdfa.flavours.PDFAFlavour;

/** What a ceremony puts on paper: left in target/ceremony for who wants to look. */
class PapersTest {
  private static final Path LOOK = Path.of("target", "ceremony");
  @TempDir private static Path folder;

  @BeforeAll
  static void rehearse() throws Exception {
    Rehearsal rehearsal = new Rehearsal(folder, Clock.systemUTC());
    Path record = rehearsal.init();
    Files.createDirectories(LOOK);
    for (String name : new String[] {"record.pdf", "record.json", "fingerprint.pdf"}) {
      Files.write(LOOK.resolve(name), Files.readAllBytes(record.resolve(name)));
    }
    for (String name : new String[] {"1-root.pdf", "1-root.txt"}) {
      Path share = rehearsal.data.resolve("shares").resolve(name);
      Files.write(LOOK.resolve(name), Files.readAllBytes(share));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"record.pdf", "fingerprint.pdf", "1-root.pdf"})
  void keepsForDecades(String name) throws Exception {
    byte[] pdf = Files.readAllBytes(LOOK.resolve(name));
    assertThat(VeraPdf.faults(pdf, PDFAFlavour.PDFA_3_B)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"record.pdf", "fingerprint.pdf", "1-root.pdf"})
  void readsAloud(String name) throws Exception {
    byte[] pdf = Files.readAllBytes(LOOK.resolve(name));
    assertThat(VeraPdf.faults(pdf, PDFAFlavour.PDFUA_1)).isEmpty();
  }

  @Test
  void findsADocumentThatDoesNotConform() throws Exception {
    try (PDDocument plain = new PDDocument()) {
      plain.addPage(new org.apache.pdfbox.pdmodel.PDPage());
      var octets = new java.io.ByteArrayOutputStream();
      plain.save(octets);
      assertThat(VeraPdf.faults(octets.toByteArray(), PDFAFlavour.PDFA_3_B)).isNotEmpty();
    }
  }

  @Test
  void carriesTheMachineReadableRecord() throws Exception {
    try (PDDocument document = Loader.loadPDF(LOOK.resolve("record.pdf").toFile())) {
      var files = document.getDocumentCatalog().getNames().getEmbeddedFiles().getNames();
      assertThat(files).containsOnlyKeys("record.json", "record.json.sig");
      assertThat(files.get("record.json").getEmbeddedFile().toByteArray())
          .isEqualTo(Files.readAllBytes(LOOK.resolve("record.json")));
      String text = new PDFTextStripper().getText(document);
      assertThat(text)
          .contains("PROBE", "Dr. Käthe Größl", "Hans-Jörg Müller-Lüdenscheidt", "Ümit Yıldız")
          .contains("Seite 1 von " + document.getNumberOfPages());
    }
  }

  @Test
  void showsTheFingerprintAsACode() throws Exception {
    String code = code("fingerprint.pdf");
    try (PDDocument document = Loader.loadPDF(LOOK.resolve("fingerprint.pdf").toFile())) {
      String text = new PDFTextStripper().getText(document).replaceAll("\\s", "");
      assertThat(code).startsWith("SHA256:").hasSize(7 + 64);
      assertThat(text).contains(code.substring(7));
    }
  }

  @Test
  void showsTheShareAsACode() throws Exception {
    assertThat(code("1-root.pdf"))
        .isEqualTo(Files.readString(LOOK.resolve("1-root.txt")).replace(" ", ""));
  }

  /** Reads the code as a camera would: from the printed page, nearer if it isn't near enough. */
  private static String code(String name) throws Exception {
    try (PDDocument document = Loader.loadPDF(LOOK.resolve(name).toFile())) {
      ReaderException unread = NotFoundException.getNotFoundInstance();
      for (int dotsAnInch : new int[] {150, 200, 300, 400}) {
        try {
          return code(new PDFRenderer(document).renderImageWithDPI(0, dotsAnInch));
        } catch (ReaderException notYet) {
          unread = notYet;
        }
      }
      throw unread;
    }
  }

  private static String code(BufferedImage page) throws ReaderException {
    int[] pixels = page.getRGB(0, 0, page.getWidth(), page.getHeight(), null, 0, page.getWidth());
    var source = new RGBLuminanceSource(page.getWidth(), page.getHeight(), pixels);
    return new QRCodeReader()
        .decode(
            new BinaryBitmap(new HybridBinarizer(source)), Map.of(DecodeHintType.TRY_HARDER, true))
        .getText();
  }
}
