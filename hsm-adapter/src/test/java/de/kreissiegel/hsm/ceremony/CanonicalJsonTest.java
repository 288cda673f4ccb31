package de.kreissiegel.hsm.ceremony;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CanonicalJsonTest {
  @Test
  void writesMembersSortedAndWithoutSpace() {
    Map<String, Object> value =
        Map.of("z", 1, "a", List.of(true, "Ä\"\n\u0007"), "ö", Map.of(), "e", List.of());
    assertThat(new String(CanonicalJson.write(value), StandardCharsets.UTF_8))
        .isEqualTo("{\"a\":[true,\"Ä\\\"\\n\\u0007\"],\"e\":[],\"z\":1,\"ö\":{}}");
    assertThat(CanonicalJson.read(CanonicalJson.write(value))).isEqualTo(value);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{\"b\":1,\"a\":2}",
        "{\"a\": 1}",
        "{\"a\":1}\n",
        "{\"a\":1,\"a\":1}",
        "{a: 1}",
        "{\"a\":1.5}",
        "{\"a\":null}",
        "{\"a\":01}",
        "&x {\"a\":*x}",
        "{\"a\":1}{\"a\":1}",
      })
  void refusesWhatItWouldNotWrite(String text) {
    assertThatThrownBy(() -> CanonicalJson.read(text.getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
