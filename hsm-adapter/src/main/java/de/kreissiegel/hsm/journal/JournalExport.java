package de.kreissiegel.hsm.journal;

import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.Evidence;
import de.kreissiegel.hsm.signing.Happening;
import de.kreissiegel.hsm.signing.SignedStructure;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Writes a journal as JSON lines (UTF-8), one entry a line, while it reads; the fields stand in the
 * package's description. It changes nothing and needs no lock.
 */
public final class JournalExport implements JournalScan.Visitor {
  private final Writer out;
  private final long from;
  private final long covered;
  private long written;

  private JournalExport(Writer out, long from, long covered) {
    this.out = out;
    this.from = from;
    this.covered = covered;
  }

  /**
   * Writes all entries from that number on. What is half-written behind the last one is left out.
   *
   * @param publicKey the journal's, as SubjectPublicKeyInfo
   * @param out is flushed, not closed
   * @return how many entries
   * @throws JournalDamaged if an entry isn't as it was written, or not in its place; those before
   *     it were written out
   */
  public static long write(Path directory, Bytes publicKey, long from, OutputStream out)
      throws IOException, JournalDamaged {
    if (Segments.ofVersion1(directory)) {
      throw new JournalDamaged(JournalDamaged.VERSION_1);
    }
    long covered = CheckpointClaims.read(directory, publicKey, List.of()).covered();
    Writer writer = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
    JournalExport export = new JournalExport(writer, from, covered);
    try {
      JournalScan.walk(directory, Journal.beforeFirst(publicKey), export);
      return export.written;
    } catch (Broken broken) {
      throw new JournalDamaged(String.valueOf(broken.getMessage()));
    } catch (UncheckedIOException failed) {
      throw new IOException("the export can't be written", failed.getCause());
    } finally {
      writer.flush();
    }
  }

  /** Something is wrong with the journal. */
  private static final class Broken extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Broken(String message) {
      super(message);
    }
  }

  @Override
  public void entry(JournalEntry entry, JournalScan.Place place) {
    if (entry.index() < from) {
      return;
    }
    try {
      out.write(line(entry));
      out.write('\n');
      written++;
    } catch (BrokenFrame broken) {
      throw new Broken("entry " + entry.index() + " is damaged: " + broken.getMessage());
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  @Override
  public boolean fault(Finding.Kind kind, long entry, String sentence, JournalScan.Place place) {
    boolean halfWritten = kind == Finding.Kind.CHANGED || kind == Finding.Kind.CUT;
    if (halfWritten && entry >= covered) {
      return false;
    }
    throw new Broken(sentence);
  }

  static String line(JournalEntry entry) throws BrokenFrame {
    JsonLine line =
        new JsonLine()
            .number("index", entry.index())
            .text("time", entry.time().toString())
            .text("happening", word(entry.happening()))
            .text("structure", word(entry.structure()))
            .text("key", entry.key().value())
            .text("rule", entry.rule())
            .number("count", entry.count())
            .hex("policy", entry.policy())
            .hex("digest", entry.digest())
            .hex("bodyDigest", entry.bodyDigest())
            .hex("previous", entry.previous())
            .hex("hash", entry.hash());
    if (!entry.listsAnswers()) {
      line.text("request", entry.request().toString()).base64("signature", entry.signature());
    }
    entry.claim().ifPresent(claim -> line.hex("claim", claim));
    boolean erased = entry.body().isEmpty();
    line.truth("erased", erased);
    if (!erased) {
      byte[] body = entry.body().orElseThrow().toArray();
      if (entry.listsAnswers()) {
        answers(line, AnswerList.decode(body));
      } else {
        body(line, entry, EntryBody.decode(body));
      }
    }
    return line.end();
  }

  private static void answers(JsonLine line, AnswerList list) {
    line.raw(
        "answers",
        list.answers().stream()
            .map(
                one ->
                    new JsonLine()
                        .text("request", one.request().toString())
                        .hex("digest", one.digest())
                        .end())
            .collect(Collectors.joining(",", "[", "]")));
  }

  private static String order(ErasureOrder order) {
    return new JsonLine()
        .raw(
            "classes",
            list(order.classes().stream().sorted().map(one -> JsonLine.quotedText(one.word()))))
        .text("before", order.before().toString())
        .number("bodies", order.bodies())
        .raw("orderedBy", list(order.orderedBy().stream().map(JsonLine::quotedText)))
        .text("record", order.record())
        .text("reason", order.reason())
        .number("entries", order.entries())
        .hex("head", order.head())
        .hex("selection", order.selection())
        .end();
  }

  private static String files(ErasureSelection selection) {
    return list(
        selection.files().entrySet().stream()
            .map(
                file ->
                    new JsonLine()
                        .number("first", file.getKey())
                        .number("bodies", file.getValue().cardinality())
                        .end()));
  }

  private static String list(Stream<String> values) {
    return values.collect(Collectors.joining(",", "[", "]"));
  }

  private static void body(JsonLine line, JournalEntry entry, EntryBody body) throws BrokenFrame {
    body.kept().ifPresent(kept -> line.base64("kept", kept));
    if (entry.happening() == Happening.ERASED) {
      ErasureRecord erasure = ErasureRecord.of(entry);
      line.raw("order", order(erasure.order())).raw("files", files(erasure.selection()));
    } else if (entry.structure() == SignedStructure.ERASURE_ORDER && body.kept().isPresent()) {
      line.raw("order", order(ErasureOrder.read(body.kept().get())));
    }
    if (entry.structure() == SignedStructure.CERTIFICATE) {
      body.kept()
          .flatMap(CertificateNames::of)
          .ifPresent(
              names ->
                  line.raw(
                      "certificate",
                      new JsonLine()
                          .text("issuer", names.issuer())
                          .text("serial", names.serial())
                          .text("subject", names.subject())
                          .text("notBefore", names.notBefore())
                          .text("notAfter", names.notAfter())
                          .end()));
    }
    line.raw(
        "evidence",
        body.evidence().stream()
            .map(JournalExport::evidence)
            .collect(Collectors.joining(",", "[", "]")));
  }

  private static String evidence(Evidence evidence) {
    return switch (evidence) {
      case Evidence.OfficerSignature officer ->
          new JsonLine()
              .text("kind", "officer-signature")
              .base64("signedData", officer.signedData())
              .end();
      case Evidence.SecurityKeyAssertion key ->
          new JsonLine()
              .text("kind", "security-key-assertion")
              .base64("statement", key.statement())
              .base64("registration", key.registration())
              .base64("credentialId", key.credentialId())
              .base64("authenticatorData", key.authenticatorData())
              .base64("clientData", key.clientData())
              .base64("signature", key.signature())
              .end();
      case Evidence.ProofOfPossession proof -> {
        JsonLine line =
            new JsonLine()
                .text("kind", "proof-of-possession")
                .base64("certificationRequest", proof.certificationRequest());
        proof.protocol().ifPresent(name -> line.text("protocol", name));
        yield line.end();
      }
    };
  }

  private static String word(Happening happening) {
    return happening.name().toLowerCase(Locale.ROOT);
  }

  private static String word(SignedStructure structure) {
    return structure.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
