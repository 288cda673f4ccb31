package de.kreissiegel.ra.ceremony;

import de.kreissiegel.hsm.ceremony.KeyShare;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.KeyId;
import de.kreissiegel.hsm.vault.Vault;
import de.kreissiegel.ra.ceremony.paper.PaperWriter;
import de.kreissiegel.ra.ceremony.paper.Style;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** The sheets that leave a ceremony: the root's fingerprint, and a share for each custodian. */
final class Papers {
  private static final float CODE = 118;

  private final Words words;
  private final String organization;
  private final boolean rehearsal;
  private final Instant now;

  Papers(Words words, String organization, boolean rehearsal, Instant now) {
    this.words = words;
    this.organization = organization;
    this.rehearsal = rehearsal;
    this.now = now;
  }

  /** The sheet that is pinned up, printed in the gazette, handed to partners. */
  byte[] fingerprint(AnchorChoice.Anchor anchor) throws IOException {
    Bytes certificate = anchor.certificate();
    X509Certificate root = parse(certificate);
    String digest = Digest.grouped(Digest.sha256(certificate.toArray()));
    try (var paper = new PaperWriter(frame("sheet.title"))) {
      paper.title(words.say("sheet.title"));
      paper.paragraph(
          words.say(anchor.external() ? "sheet.intro.external" : "sheet.intro", organization));
      paper.heading(words.say("sheet.fingerprint"));
      paper.space(6);
      float top = paper.y();
      paper.shade(PaperWriter.LEFT, top - 96, PaperWriter.WIDTH, 98);
      String[] groups = digest.split(" ");
      for (int row = 0; row < 4; row++) {
        for (int column = 0; column < 4; column++) {
          float x = PaperWriter.LEFT + 34 + column * (PaperWriter.WIDTH - 34) / 4;
          paper.at(groups[row * 4 + column], Style.MONO, 21, x, top - 20 - row * 23.5f);
        }
      }
      paper.moveTo(top - 112);
      paper.heading(words.say("sheet.certificate"));
      pair(paper, "sheet.name", root.getSubjectX500Principal().getName());
      pair(paper, "sheet.serial", root.getSerialNumber().toString(16).toUpperCase(Locale.ROOT));
      pair(
          paper,
          "sheet.validity",
          words.say(
              "sheet.from.to",
              words.day(root.getNotBefore().toInstant()),
              words.day(root.getNotAfter().toInstant())));
      pair(paper, "sheet.key", root.getPublicKey().getAlgorithm() + ", " + root.getSigAlgName());
      pair(paper, "sheet.spki", Digest.grouped(Digest.sha256(root.getPublicKey().getEncoded())));
      paper.heading(words.say("sheet.code"));
      paper.space(6);
      float below = paper.y() - CODE;
      paper.code(
          "SHA256:" + digest.replace(" ", ""),
          PaperWriter.LEFT,
          below,
          CODE,
          words.say("sheet.code.alternative", digest));
      paper.moveTo(below - 12);
      paper.heading(words.say("sheet.how"));
      paper.paragraph(words.say("sheet.how.text"));
      paper.line("openssl x509 -in root.pem -noout -fingerprint -sha256", Style.MONO, 8.5f);
      paper.space(34);
      SignatureLines.draw(
          paper, List.of(words.say("sheet.leader"), words.say("sheet.witness")), words);
      return paper.finish();
    }
  }

  /** One custodian's share, to be folded in three and sealed: what is secret lies inside. */
  byte[] share(KeyShare share, KeyId key, String custodian) throws IOException {
    try (var paper = new PaperWriter(frame("share.title"))) {
      paper.title(words.say("share.title"));
      paper.paragraph(words.say("share.for", organization));
      pair(paper, "share.custodian", custodian);
      pair(paper, "share.key", key + " – " + words.say(meaning(key)));
      pair(
          paper,
          "share.number",
          words.say("share.number.of", share.number(), share.total(), share.threshold()));
      pair(paper, "share.vault", share.vault().toHex().toUpperCase(Locale.ROOT));
      pair(paper, "share.made", words.time(now));
      secret(paper, share);
      paper.moveTo(841.89f / 3 - 22);
      paper.heading(words.say("share.keep"));
      paper.paragraph(words.say("share.keep.text", share.threshold()));
      paper.paragraph(words.say("share.fold"));
      paper.space(30);
      SignatureLines.draw(paper, List.of(custodian, words.say("share.seal")), words);
      return paper.finish();
    }
  }

  /** What the secret opens; whatever the plan calls the root's key. */
  private static String meaning(KeyId key) {
    if (key.equals(Shares.OPERATIONAL)) {
      return "key.operational";
    }
    return key.equals(Vault.CEREMONY_KEY) ? "key.ceremony" : "key.root";
  }

  private void secret(PaperWriter paper, KeyShare share) throws IOException {
    float third = 841.89f / 3;
    paper.dashes(2 * third);
    paper.dashes(third);
    paper.moveTo(2 * third - 10);
    paper.heading(words.say("share.secret"));
    String[] groups = share.text().split(" ");
    float top = paper.y() - 12;
    paper.shade(PaperWriter.LEFT, top - 128, 318, 138);
    for (int i = 0; i < groups.length; i++) {
      float x = PaperWriter.LEFT + 14 + i % 3 * 102;
      float y = top - 14 - i / 3 * 26f;
      paper.at(String.valueOf(i + 1), Style.TEXT, 7, x, y);
      paper.at(groups[i], Style.MONO, 17, x + 15, y);
    }
    paper.code(
        share.compact(),
        PaperWriter.LEFT + PaperWriter.WIDTH - 132,
        top - 125,
        132,
        words.say("share.code.alternative"));
    paper.moveTo(top - 138);
    paper.paragraph(words.say("share.typing"));
  }

  private void pair(PaperWriter paper, String label, String value) throws IOException {
    float y = paper.y() - 13.5f;
    paper.at(words.say(label), Style.STRONG, 9, PaperWriter.LEFT, y);
    float size = 9.5f;
    float room = PaperWriter.WIDTH - 128;
    while (paper.width(value, Style.TEXT, size) > room && size > 5.5f) {
      size -= 0.25f;
    }
    paper.at(value, Style.TEXT, size, PaperWriter.LEFT + 128, y);
    paper.moveTo(y - 1.5f);
  }

  private PaperWriter.Frame frame(String title) {
    return new PaperWriter.Frame(
        words.say(title) + " – " + organization,
        organization + " · Kreissiegel · " + words.say(title),
        words.say("page.of"),
        rehearsal ? words.say("stamp") : "",
        words.language(),
        now);
  }

  static X509Certificate parse(Bytes certificate) throws IOException {
    try {
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(certificate.toArray()));
    } catch (CertificateException notOne) {
      throw new IOException("not a certificate", notOne);
    }
  }
}
