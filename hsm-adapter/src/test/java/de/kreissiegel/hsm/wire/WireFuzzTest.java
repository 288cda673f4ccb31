package de.kreissiegel.hsm.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;

/** Whatever a message says, it is understood in one way or refused as malformed. */
class WireFuzzTest {
  @FuzzTest(maxDuration = "10m")
  void readsQuestionsInOneWay(byte[] message) {
    Question question;
    try {
      question = QuestionCodec.decode(message);
    } catch (MalformedMessage expected) {
      return;
    }
    assertThat(QuestionCodec.encode(question)).isEqualTo(message);
  }

  @FuzzTest(maxDuration = "10m")
  void readsAnswersInOneWay(byte[] message) throws MalformedMessage {
    Answer answer;
    try {
      answer = AnswerCodec.decode(message);
    } catch (MalformedMessage expected) {
      return;
    }
    byte[] again = AnswerCodec.encode(answer);
    assertThat(AnswerCodec.encode(AnswerCodec.decode(again))).isEqualTo(again);
  }
}
