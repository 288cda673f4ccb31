package de.kreissiegel.ca.status;

import static org.assertj.core.api.Assertions.assertThat;

import de.kreissiegel.ca.storage.TestDatabase;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.bouncycastle.cert.ocsp.CertificateID;
import org.bouncycastle.cert.ocsp.OCSPResp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class OcspFuzzTest {
  private static final long SEED = 20261122L;
  private static final int ROUNDS = 4000;

  @RegisterExtension static final TestDatabase DATABASE = TestDatabase.fresh();

  @Test
  void answersWhateverComesWithAWellFormedResponse() throws Exception {
    StatusWorld world = new StatusWorld(DATABASE);
    world.furnish();
    OcspResponder responder = world.responder();
    var id = OcspQueries.id(CertificateID.HASH_SHA1, world.peopleCertificate(), StatusWorld.GOOD);
    List<byte[]> seeds =
        List.of(
            OcspQueries.ask(id),
            OcspQueries.ask(id, id, id),
            OcspQueries.askWith(OcspQueries.nonce(32), id));
    Random random = new Random(SEED);
    int readable = 0;
    for (int round = 0; round < ROUNDS; round++) {
      byte[] request = mutate(seeds.get(round % seeds.size()), random);
      int status = OcspQueries.outcome(responder.respond(request));
      assertThat(status)
          .as("seed %d, round %d, %s", SEED, round, java.util.HexFormat.of().formatHex(request))
          .isIn(OCSPResp.SUCCESSFUL, OCSPResp.MALFORMED_REQUEST, OCSPResp.UNAUTHORIZED);
      readable += status == OCSPResp.MALFORMED_REQUEST ? 0 : 1;
    }
    assertThat(readable).as("mutations that still are requests").isBetween(100, ROUNDS - 100);
  }

  private static byte[] mutate(byte[] seed, Random random) {
    byte[] request = seed.clone();
    for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
      int at = random.nextInt(request.length);
      switch (random.nextInt(5)) {
        case 0 -> request[at] ^= (byte) (1 << random.nextInt(8));
        case 1 -> request[at] = (byte) random.nextInt(256);
        case 2 -> request = Arrays.copyOf(request, 1 + random.nextInt(request.length));
        case 3 -> request = Arrays.copyOf(request, request.length + random.nextInt(300));
        default -> request[at]++;
      }
    }
    return request;
  }
}
