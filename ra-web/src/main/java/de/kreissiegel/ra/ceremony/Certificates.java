package de.kreissiegel.ra.ceremony;

import de.kreissiegel.hsm.ceremony.CeremonyRecord;
import de.kreissiegel.hsm.signing.Bytes;
import java.io.IOException;
import java.security.cert.X509Certificate;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.CertificateList;

/** How certificates and lists stand in the minutes. */
final class Certificates {
  private Certificates() {}

  static void note(Room room, String name, Bytes certificate) throws IOException {
    X509Certificate read = Papers.parse(certificate);
    Words words = room.words();
    room.minutes()
        .certificates
        .add(
            new CeremonyRecord.Certificate(
                "certificate",
                name,
                read.getSubjectX500Principal().getName(),
                words.say(
                    "sheet.from.to",
                    words.day(read.getNotBefore().toInstant()),
                    words.day(read.getNotAfter().toInstant())),
                Digest.sha256(certificate.toArray())));
  }

  static void noteCrl(Room room, String name, Bytes crl) throws IOException {
    var list = CertificateList.getInstance(crl.toArray());
    Words words = room.words();
    room.minutes()
        .certificates
        .add(
            new CeremonyRecord.Certificate(
                "crl",
                name,
                new X500Principal(list.getIssuer().getEncoded()).getName(),
                words.say(
                    "sheet.from.to",
                    words.day(list.getThisUpdate().getDate().toInstant()),
                    words.day(list.getNextUpdate().getDate().toInstant())),
                Digest.sha256(crl.toArray())));
  }

  static byte[] sheet(Room room, AnchorChoice.Anchor anchor) throws IOException {
    return new Papers(room.words(), room.organization(), room.rehearsal(), room.minutes().now())
        .fingerprint(anchor);
  }
}
