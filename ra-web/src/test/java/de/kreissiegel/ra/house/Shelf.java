package de.kreissiegel.ra.house;

import de.kreissiegel.ca.authority.AuthorityName;
import de.kreissiegel.ca.inventory.CertificateStatus;
import de.kreissiegel.ca.inventory.StoredCertificate;
import de.kreissiegel.ca.profile.ProfileName;
import de.kreissiegel.ca.registration.SubjectKey;
import de.kreissiegel.ca.storage.Books;
import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.ca.tenancy.TenantId;
import de.kreissiegel.ca.x509.SerialNumber;
import de.kreissiegel.hsm.signing.Bytes;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import javax.sql.DataSource;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Puts certificates of any kind and age into a house's database; nobody applied for them. */
public final class Shelf {
  private final Books books;

  public Shelf(DataSource source, Clock clock) {
    this.books = Books.of(source, "shelf", clock, new SecureRandom());
  }

  /**
   * A certificate to be.
   *
   * @param serial hexadecimal
   * @param names {@code dns:…} or {@code mail:…}, separated by a space
   */
  public record Plan(
      String serial,
      TenantId tenant,
      SubjectId subject,
      String commonName,
      String names,
      String profile,
      String authority,
      Instant from,
      Instant to,
      CertificateStatus status) {}

  /** Stores it. */
  public StoredCertificate put(Plan plan) throws Exception {
    KeyPair key = Certificates.newKey();
    var name = new X500Name("CN=" + plan.commonName);
    var serial = SerialNumber.fromHex(plan.serial);
    byte[] encoded =
        new JcaX509v3CertificateBuilder(
                name,
                serial.value(),
                Date.from(plan.from),
                Date.from(plan.to),
                name,
                key.getPublic())
            .addExtension(
                Extension.subjectKeyIdentifier,
                false,
                new JcaX509ExtensionUtils().createSubjectKeyIdentifier(key.getPublic()))
            .build(new JcaContentSignerBuilder("SHA256withECDSA").build(key.getPrivate()))
            .getEncoded();
    var certificate =
        new StoredCertificate(
            new AuthorityName(plan.authority),
            serial,
            Bytes.of(encoded),
            new ProfileName(plan.profile),
            1,
            Optional.of(plan.tenant),
            Optional.of(plan.subject),
            "CN=" + plan.commonName,
            plan.names,
            Optional.empty(),
            plan.from,
            plan.to,
            plan.status,
            0);
    books
        .transactions()
        .inTransaction(
            transaction ->
                books
                    .certificates()
                    .insert(
                        transaction,
                        certificate,
                        SubjectKey.hash(Bytes.of(key.getPublic().getEncoded())),
                        Bytes.of(new byte[32])));
    return certificate;
  }
}
