package de.kreissiegel.hsm.journal;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import de.kreissiegel.hsm.signing.Bytes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Primitive;

/**
 * Whatever lies in a journal's file, it is read in one way or called broken. The hash of a header
 * is made right, for behind it lies what is to be tried.
 */
class EntryFuzzTest {
  @FuzzTest(maxDuration = "10m")
  void readsHeadersInOneWay(byte[] header) throws IOException {
    Bytes hash = Digests.sha256(header);
    try {
      EntryCodec.entry(header, 0, header.length, hash, Optional.empty());
    } catch (BrokenFrame expected) {
      return;
    }
    assertThat(encoded(header)).isEqualTo(header);
    byte[] frame =
        ByteBuffer.allocate(Frames.length(header.length, 0))
            .putInt(header.length)
            .putInt(0)
            .put(header)
            .put(hash.toArray())
            .array();
    try {
      assertThat(Frames.read(frame, 0, header.length, 0, Digests.fresh()).hash()).isEqualTo(hash);
    } catch (BrokenFrame impossible) {
      throw new AssertionError("its header can be read", impossible);
    }
  }

  @FuzzTest(maxDuration = "10m")
  void readsBodiesInOneWay(byte[] body) throws IOException {
    try {
      EntryBody.decode(body);
    } catch (BrokenFrame expected) {
      return;
    }
    assertThat(encoded(body)).isEqualTo(body);
  }

  @FuzzTest(maxDuration = "10m")
  void readsListsOfAnswersInOneWay(byte[] body) throws IOException {
    try {
      AnswerList.decode(body);
    } catch (BrokenFrame expected) {
      return;
    }
    assertThat(encoded(body)).isEqualTo(body);
  }

  private static byte[] encoded(byte[] octets) throws IOException {
    return ASN1Primitive.fromByteArray(octets).getEncoded("DER");
  }
}
