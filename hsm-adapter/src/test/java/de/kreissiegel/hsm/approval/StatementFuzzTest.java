package de.kreissiegel.hsm.approval;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.SigningRefused;
import java.util.Locale;

/** Whatever evidence says, it is read in one way or refused. */
class StatementFuzzTest {
  @FuzzTest(maxDuration = "10m")
  void readsApprovalsInOneWay(byte[] octets) {
    try {
      ApprovalStatement statement = ApprovalStatement.decode(Bytes.of(octets));
      assertThat(statement.encoded()).isEqualTo(Bytes.of(octets));
      assertThat(statement.lines(Locale.GERMAN)).isNotEmpty();
    } catch (MalformedEvidence expected) {
      // the other way out
    }
  }

  @FuzzTest(maxDuration = "10m")
  void readsReleasesInOneWay(byte[] octets) {
    try {
      ReleaseStatement statement = ReleaseStatement.decode(Bytes.of(octets));
      assertThat(statement.encoded()).isEqualTo(Bytes.of(octets));
      assertThat(statement.lines(Locale.ENGLISH)).isNotEmpty();
    } catch (MalformedEvidence expected) {
      // the other way out
    }
  }

  @FuzzTest(maxDuration = "10m")
  void readsRegistrationsInOneWay(byte[] octets) {
    try {
      assertThat(SecurityKeyRegistration.decode(Bytes.of(octets)).encoded())
          .isEqualTo(Bytes.of(octets));
    } catch (MalformedEvidence expected) {
      // the other way out
    }
  }

  @FuzzTest(maxDuration = "10m")
  void readsMessagesOfOfficersOrRefuses(byte[] octets) {
    try {
      OfficerMessage message =
          OfficerMessage.verified(Bytes.of(octets), Identifiers.APPROVAL_STATEMENT);
      assertThat(message.content().length()).isLessThan(octets.length);
    } catch (MalformedEvidence | SigningRefused expected) {
      // the other ways out
    }
  }
}
