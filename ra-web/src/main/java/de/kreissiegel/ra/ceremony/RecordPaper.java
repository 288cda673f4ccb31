package de.kreissiegel.ra.ceremony;

import de.kreissiegel.hsm.ceremony.CeremonyRecord;
import de.kreissiegel.hsm.signing.Signed;
import de.kreissiegel.ra.ceremony.paper.PaperWriter;
import de.kreissiegel.ra.ceremony.paper.Style;
import de.kreissiegel.ra.ceremony.paper.Table;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The record as a document that people sign by hand; the signed octets lie inside. */
final class RecordPaper {
  private final Words words;

  RecordPaper(Words words) {
    this.words = words;
  }

  byte[] write(CeremonyRecord record, Signed signed) throws IOException {
    String title = words.say("record.title");
    var frame =
        new PaperWriter.Frame(
            title + ": " + words.say("act." + record.act()) + " – " + record.organization(),
            record.organization() + " · " + title,
            words.say("page.of"),
            record.rehearsal() ? words.say("stamp") : "",
            words.language(),
            record.ended());
    try (var paper = new PaperWriter(frame)) {
      paper.title(title);
      paper.line(words.say("act." + record.act()), Style.STRONG, 12);
      paper.space(6);
      if (record.rehearsal()) {
        paper.paragraph(words.say("record.rehearsal"));
      }
      overview(paper, record);
      people(paper, record);
      course(paper, record);
      made(paper, record);
      proofs(paper, record, signed);
      signatures(paper, record);
      software(paper, record);
      paper.attach(
          Archive.RECORD,
          "application/json",
          words.say("record.attached"),
          record.encoded().toArray());
      paper.attach(
          Archive.RECORD + Archive.SIGNATURE,
          "application/octet-stream",
          words.say("record.attached.signature"),
          signed.signature().toArray());
      return paper.finish();
    }
  }

  private void overview(PaperWriter paper, CeremonyRecord record) throws IOException {
    table(
        paper,
        "record.overview",
        new float[] {2, 5},
        List.of("col.what", "col.value"),
        List.of(
            List.of(words.say("record.organization"), record.organization()),
            List.of(words.say("record.begun"), words.time(record.begun())),
            List.of(words.say("record.ended"), words.time(record.ended())),
            List.of(words.say("record.vault"), record.vault().toHex().toUpperCase(Locale.ROOT)),
            List.of(
                words.say("record.software"),
                "Kreissiegel "
                    + record.software().version()
                    + ", Java: "
                    + record.software().java())),
        Style.STRONG,
        Style.TEXT);
  }

  private void people(PaperWriter paper, CeremonyRecord record) throws IOException {
    table(
        paper,
        "record.people",
        new float[] {3, 4},
        List.of("col.name", "col.role"),
        record.people().stream()
            .map(person -> List.of(person.name(), words.say("role." + person.role())))
            .toList(),
        Style.TEXT,
        Style.TEXT);
  }

  private void course(PaperWriter paper, CeremonyRecord record) throws IOException {
    table(
        paper,
        "record.course",
        new float[] {1.2f, 6, 2.6f},
        List.of("col.time", "col.step", "col.confirmed"),
        record.steps().stream()
            .map(
                step ->
                    List.of(
                        words.clock(step.time()),
                        step.sentence(),
                        String.join("\n", step.confirmedBy())))
            .toList(),
        Style.TEXT,
        Style.TEXT,
        Style.TEXT);
  }

  private void made(PaperWriter paper, CeremonyRecord record) throws IOException {
    table(
        paper,
        "record.keys",
        new float[] {1.5f, 1.5f, 1.3f, 5},
        List.of("col.key", "col.algorithm", "col.event", "col.spki"),
        record.keys().stream()
            .map(
                key ->
                    List.of(
                        key.name(),
                        key.algorithm(),
                        words.say("event." + key.event()),
                        Digest.grouped(key.fingerprint())))
            .toList(),
        Style.TEXT,
        Style.TEXT,
        Style.TEXT,
        Style.MONO);
    table(
        paper,
        "record.certificates",
        new float[] {1.5f, 3, 2, 3.6f},
        List.of("col.kind", "col.subject", "col.validity", "col.sha256"),
        record.certificates().stream()
            .map(
                one ->
                    List.of(
                        words.say("kind." + one.kind()) + "\n" + one.name(),
                        one.subject(),
                        one.validity(),
                        Digest.grouped(one.fingerprint())))
            .toList(),
        Style.TEXT,
        Style.TEXT,
        Style.TEXT,
        Style.MONO);
    table(
        paper,
        "record.policies",
        new float[] {1.8f, 5},
        List.of("col.key", "col.sha256"),
        record.policies().stream()
            .map(policy -> List.of(policy.key(), Digest.grouped(policy.digest())))
            .toList(),
        Style.TEXT,
        Style.MONO);
    table(
        paper,
        "record.shares",
        new float[] {2, 2, 3, 2},
        List.of("col.key", "col.share", "col.custodian", "col.medium"),
        record.shares().stream()
            .map(
                share ->
                    List.of(
                        share.key(),
                        words.say(
                            "share.number.of", share.number(), share.total(), share.threshold()),
                        share.custodian(),
                        words.say("medium." + share.medium())))
            .toList(),
        Style.TEXT,
        Style.TEXT,
        Style.TEXT,
        Style.TEXT);
    table(
        paper,
        "record.accounts",
        new float[] {3, 3, 2.5f},
        List.of("col.thing", "col.outcome", "col.by"),
        record.accounts().stream()
            .map(account -> List.of(account.thing(), account.outcome(), account.by()))
            .toList(),
        Style.TEXT,
        Style.TEXT,
        Style.TEXT);
  }

  private void proofs(PaperWriter paper, CeremonyRecord record, Signed signed) throws IOException {
    var rows = new ArrayList<List<String>>();
    rows.add(head("record.journal.before", record.before()));
    rows.add(head("record.journal.after", record.after()));
    rows.add(
        List.of(
            words.say("record.journal.own"),
            words.say("record.entry", signed.journalIndex()),
            Digest.grouped(signed.entryHash())));
    table(
        paper,
        "record.journal",
        new float[] {2.6f, 1, 5},
        List.of("col.what", "col.entry", "col.head"),
        rows,
        Style.TEXT,
        Style.TEXT,
        Style.MONO);
    paper.heading(words.say("record.signature"));
    paper.paragraph(words.say("record.signature.text"));
    paper.line(
        "openssl dgst -sha384 -verify ceremony.pem -signature record.json.sig record.json",
        Style.MONO,
        7.6f);
    paper.line(
        "SHA-256 (record.json) = " + Digest.sha256(record.encoded().toArray()).toHex(),
        Style.MONO,
        7.6f);
  }

  private List<String> head(String what, CeremonyRecord.JournalHead head) {
    return List.of(words.say(what), String.valueOf(head.entries()), Digest.grouped(head.head()));
  }

  private void signatures(PaperWriter paper, CeremonyRecord record) throws IOException {
    paper.need(190);
    paper.heading(words.say("record.signed"));
    paper.paragraph(words.say("record.signed.text"));
    paper.space(26);
    SignatureLines.draw(
        paper,
        record.people().stream()
            .map(person -> person.name() + ", " + words.say("role." + person.role()))
            .toList(),
        words);
  }

  private void software(PaperWriter paper, CeremonyRecord record) throws IOException {
    paper.newPage();
    paper.heading(words.say("record.jars"));
    paper.paragraph(words.say("record.jars.text"));
    paper.line(Digest.grouped(record.software().digest()), Style.MONO, 7.6f);
    paper.space(6);
    var table = new Table(paper, new float[] {3.4f, 5}, Style.TEXT, Style.MONO);
    table.write(
        List.of(words.say("col.file"), words.say("col.sha256")),
        record.software().jars().stream()
            .map(jar -> List.of(jar.name(), jar.sha256().toHex()))
            .toList());
  }

  private void table(
      PaperWriter paper,
      String heading,
      float[] widths,
      List<String> columns,
      List<List<String>> rows,
      Style... styles)
      throws IOException {
    if (rows.isEmpty()) {
      return;
    }
    paper.heading(words.say(heading));
    new Table(paper, widths, styles)
        .write(columns.stream().map(column -> words.say(column)).toList(), rows);
  }
}
