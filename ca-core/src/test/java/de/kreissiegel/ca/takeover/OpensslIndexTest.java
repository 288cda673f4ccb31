package de.kreissiegel.ca.takeover;

import static org.assertj.core.api.Assertions.assertThat;

import de.kreissiegel.ca.inventory.CertificateStatus;
import de.kreissiegel.ca.x509.RevocationReason;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OpensslIndexTest {
  @TempDir private Path folder;

  @Test
  void tellsTheStatusOfEachSerialNumber() throws Exception {
    Map<BigInteger, CertificateStatus> read =
        OpensslIndex.read(
            write(
                "V\t271129120000Z\t\t01\tunknown\t/CN=good",
                "E\t20201129120000Z\t\t02\tunknown\t/CN=ended",
                "R\t271129120000Z\t261101080000Z,keyCompromise\t0A\tunknown\t/CN=bad",
                "R\t271129120000Z\t261101080000Z,holdInstruction,1.2.840.10040.2.1\t0B\tu\t/CN=h",
                "R\t271129120000Z\t261101080000Z,keyTime,20261001080000Z\t0C\tunknown\t/CN=k",
                "R\t271129120000Z\t261101080000Z\t0D\tunknown\t/CN=why"),
            new Remarks());
    Instant since = Instant.parse("2026-11-01T08:00:00Z");
    assertThat(read)
        .containsEntry(BigInteger.ONE, new CertificateStatus.Good())
        .containsEntry(BigInteger.TWO, new CertificateStatus.Good())
        .containsEntry(
            BigInteger.TEN, new CertificateStatus.Revoked(since, RevocationReason.KEY_COMPROMISE))
        .containsEntry(BigInteger.valueOf(11), new CertificateStatus.OnHold(since))
        .containsEntry(
            BigInteger.valueOf(12),
            new CertificateStatus.Revoked(
                since,
                RevocationReason.KEY_COMPROMISE,
                Optional.of(Instant.parse("2026-10-01T08:00:00Z"))))
        .containsEntry(
            BigInteger.valueOf(13),
            new CertificateStatus.Revoked(since, RevocationReason.UNSPECIFIED));
  }

  @Test
  void remarksLinesThatAreNoneAndReadsOn() throws Exception {
    var remarks = new Remarks();
    Map<BigInteger, CertificateStatus> read =
        OpensslIndex.read(
            write(
                "nonsense",
                "R\t271129120000Z\tyesterday\t01\tunknown\t/CN=x",
                "Q\t271129120000Z\t\t01\tunknown\t/CN=x",
                "V\t271129120000Z\t\txyz\tunknown\t/CN=x",
                "V\t271129120000Z\t\t02\tunknown\t/CN=good"),
            remarks);
    assertThat(read).containsOnlyKeys(BigInteger.TWO);
    assertThat(remarks.count(Remark.INDEX_LINE)).isEqualTo(4);
    assertThat(remarks.examples(Remark.INDEX_LINE)).contains("nonsense");
  }

  private Path write(String... lines) throws Exception {
    return Files.writeString(folder.resolve("index.txt"), String.join("\n", lines) + "\n");
  }
}
