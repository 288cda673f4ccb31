package de.kreissiegel.ca.path;

import de.kreissiegel.ca.policyset.TestCertificate;
import de.kreissiegel.ca.x509.CertificateBundle;
import de.kreissiegel.hsm.signing.Bytes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.asn1.x509.CertificatePolicies;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralSubtree;
import org.bouncycastle.asn1.x509.NameConstraints;
import org.bouncycastle.asn1.x509.PolicyInformation;

/** What {@link MaterialFuzzTest} begins with. */
final class MaterialFuzzSeeds {
  private MaterialFuzzSeeds() {}

  /** Writes all seeds; the argument is {@code src/test/resources}. */
  public static void main(String[] arguments) throws IOException {
    Path inputs =
        Path.of(arguments[0], "de", "kreissiegel", "ca", "path", "MaterialFuzzTestInputs");
    TestCertificate root = TestCertificate.root("R").make();
    var policies =
        new CertificatePolicies(new PolicyInformation(new ASN1ObjectIdentifier("1.3.6.1.4.1.5")));
    var base = new GeneralSubtree(new GeneralName(GeneralName.rfc822Name, "a.example"));
    TestCertificate authority =
        root.authority("A")
            .with(Extension.certificatePolicies, false, policies)
            .with(
                Extension.nameConstraints,
                true,
                new NameConstraints(new GeneralSubtree[] {base}, null))
            .make();
    TestCertificate holder =
        authority
            .holder("H")
            .with(Extension.certificatePolicies, false, policies)
            .names(
                new GeneralName(GeneralName.dNSName, "a.example"),
                TestNames.smtpUtf8("ä@a.example"))
            .make();
    Bytes list = TestList.of(authority).revoke(holder, CRLReason.certificateHold).make();
    Bytes delta = TestList.delta(authority, 7).revoke(holder, CRLReason.removeFromCRL).make();
    Path files = inputs.resolve("readsFilesOrSaysThatItCannot");
    write(files, "certificate", holder.encoded().toArray());
    write(files, "list", list.toArray());
    write(
        files,
        "bundle",
        CertificateBundle.certsOnly(List.of(root.encoded(), authority.encoded(), holder.encoded()))
            .toArray());
    write(
        files,
        "pem",
        (PathMaterialTest.pem("CERTIFICATE", root.encoded())
                + PathMaterialTest.pem("CERTIFICATE", authority.encoded())
                + PathMaterialTest.pem("CERTIFICATE", holder.encoded())
                + PathMaterialTest.pem("X509 CRL", TestList.empty(root))
                + PathMaterialTest.pem("X509 CRL", list)
                + PathMaterialTest.pem("X509 CRL", delta))
            .getBytes(StandardCharsets.US_ASCII));
    Path names = inputs.resolve("readsNamesOrSaysThatItCannot");
    write(names, "host", "Kreis.example.".getBytes(StandardCharsets.UTF_8));
    write(names, "mailbox", "ä@Kreis.example".getBytes(StandardCharsets.UTF_8));
    write(names, "address", "2001:db8::1".getBytes(StandardCharsets.UTF_8));
  }

  private static void write(Path directory, String name, byte[] octets) throws IOException {
    Files.createDirectories(directory);
    Files.write(directory.resolve(name), octets);
  }
}
