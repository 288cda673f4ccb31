package de.kreissiegel.ca.letter;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A courier that remembers, and refuses what it is told to. */
final class FakeCourier implements Courier {
  final List<Letter> delivered = new ArrayList<>();
  final Map<String, NotTaken> refusals = new HashMap<>();
  boolean away;
  int tries;

  /** What happens once a letter is delivered, before anybody hears of it. */
  Runnable afterDelivery = () -> {};

  @Override
  public void send(Letter letter) throws Away, NotTaken {
    tries++;
    if (away) {
      throw new Away("nobody answers", new java.io.IOException());
    }
    NotTaken refusal = refusals.get(letter.address());
    if (refusal != null) {
      throw refusal;
    }
    delivered.add(letter);
    afterDelivery.run();
  }

  List<String> addresses() {
    return delivered.stream().map(Letter::address).toList();
  }
}
