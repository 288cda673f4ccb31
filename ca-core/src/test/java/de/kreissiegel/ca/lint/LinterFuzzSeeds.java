package de.kreissiegel.ca.lint;

import de.kreissiegel.ca.issuance.ShippedCertificates;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERSequence;

/** What {@link LinterFuzzTest} begins with. */
final class LinterFuzzSeeds {
  private LinterFuzzSeeds() {}

  /** Writes all seeds; the argument is {@code src/test/resources}. */
  public static void main(String[] arguments) throws IOException {
    Path inputs = Path.of(arguments[0], "de", "kreissiegel", "ca", "lint", "LinterFuzzTestInputs");
    Path passes = Files.createDirectories(inputs.resolve("passesOnlyCertificates"));
    Path apart = Files.createDirectories(inputs.resolve("takesCertificatesApartWithoutHarm"));
    for (String profile : ShippedCertificates.profiles()) {
      Files.write(passes.resolve(profile), Trial.of(profile).tbs().toArray());
    }
    for (List<LintCases.LintCase> cases : new LintCases().all().values()) {
      Trial caught = cases.getFirst().caught().getFirst();
      if (caught.tbs().length() < 2000) {
        Files.write(passes.resolve("not-" + cases.getFirst().lint()), caught.tbs().toArray());
      }
    }
    Trial rsa = Trial.of("vpn-client", SampleKeys.RSA);
    Files.write(
        apart.resolve("rsa"),
        Tbs.der(
            new DERSequence(
                new ASN1Encodable[] {
                  Tbs.read(rsa.tbs().toHex()),
                  FieldCases.algorithm("4.3.2"),
                  new DERBitString(new byte[8])
                })));
  }
}
