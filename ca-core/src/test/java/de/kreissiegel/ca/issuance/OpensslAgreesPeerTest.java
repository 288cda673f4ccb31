package de.kreissiegel.ca.issuance;

import de.kreissiegel.ca.Needed;
import de.kreissiegel.ca.issuance.parsers.BouncyCastleParser;
import de.kreissiegel.ca.issuance.parsers.OpensslParser;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** OpenSSL reads in a certificate what the others read ({@link ParsersAgreeTest}). */
@Tag("peer")
class OpensslAgreesPeerTest {
  private static final int DRAWN = 200;

  @TempDir Path folder;

  @Test
  void opensslAndBouncyCastleReadTheSame() throws Exception {
    Needed.peer("openssl", Files.isExecutable(Path.of("/usr/bin/openssl")));
    ParsersAgreeTest.agree(new OpensslParser(folder), new BouncyCastleParser(), DRAWN);
  }
}
