package de.kreissiegel.ca.emergency;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;

/** The bad day, drilled with ten thousand certificates. */
@Tag("long")
class MassPathLongTest extends MassPathTest {
  @Override
  int certificates() {
    return 10_000;
  }

  @Override
  List<Integer> deaths(int transactions) {
    return IntStream.rangeClosed(1, transactions).boxed().toList();
  }
}
