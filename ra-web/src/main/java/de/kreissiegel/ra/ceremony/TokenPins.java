package de.kreissiegel.ra.ceremony;

import de.kreissiegel.hsm.ceremony.ActivationSecret;
import de.kreissiegel.hsm.signing.KeyId;
import de.kreissiegel.hsm.signing.SigningRefused;
import de.kreissiegel.hsm.signing.SigningUnavailable;
import de.kreissiegel.hsm.vault.HsmConfig;
import de.kreissiegel.hsm.vault.VaultUnusable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The PINs of HSMs while keys are made there. A token that is to hold one key alone, and holds
 * nothing yet, gets that key's secret as its PIN, and its security officer's, too: then shares open
 * it, and nobody who knew its PINs before. If the ceremony breaks off, it gets back what it had.
 */
final class TokenPins implements AutoCloseable {
  private final Room room;
  private final TokenPlan plan;
  private final Map<String, char[]> users = new HashMap<>();
  private final Map<String, char[]> officers = new HashMap<>();
  private final Deque<Replaced> replaced = new ArrayDeque<>();

  TokenPins(Room room, TokenPlan plan) {
    this.room = room;
    this.plan = plan;
  }

  /** One that was replaced. */
  private record Replaced(HsmConfig hsm, boolean officer, char[] old, char[] fresh) {
    void perform() throws IOException {
      if (officer) {
        hsm.replaceOfficerPin(old, fresh);
      } else {
        hsm.replacePin(old, fresh);
      }
    }

    void takeBack() throws IOException {
      new Replaced(hsm, officer, fresh, old).perform();
    }
  }

  /** A PIN for each HSM that is to hold a key: its file's, or typed. */
  void ask() throws CeremonyAborted, IOException {
    Words words = room.words();
    for (TokenPlan.Token token : plan.tokens()) {
      String name = token.name();
      users.put(name, pin(token.pinFile(), "pin-" + name, words.say("ask.pin", name)));
      if (token.hsm().holds().isPresent()) {
        officers.put(
            name, pin(token.officerPinFile(), "so-pin-" + name, words.say("ask.so-pin", name)));
      }
    }
  }

  private char[] pin(Optional<Path> file, String id, String question)
      throws CeremonyAborted, IOException {
    return file.isPresent()
        ? HsmConfig.pinIn(file.get())
        : room.ask(id, question, true).toCharArray();
  }

  /** Gives the tokens that hold a key alone the key's secret as their PINs. */
  void replace(Map<KeyId, ActivationSecret> secrets)
      throws CeremonyAborted,
          CeremonyFailed,
          IOException,
          VaultUnusable,
          SigningUnavailable,
          SigningRefused {
    List<TokenPlan.Token> alone =
        plan.tokens().stream().filter(token -> token.hsm().holds().isPresent()).toList();
    if (alone.isEmpty()) {
      return;
    }
    room.step(
        "tokens",
        () -> {
          for (TokenPlan.Token token : alone) {
            token.hsm().requireEmpty(users.getOrDefault(token.name(), new char[0]));
          }
          for (TokenPlan.Token token : alone) {
            KeyId key = token.hsm().holds().orElseThrow();
            replace(token.hsm(), Objects.requireNonNull(secrets.get(key)));
          }
          return alone;
        },
        alone.stream().map(TokenPlan.Token::name).collect(Collectors.joining(", ")));
    for (TokenPlan.Token token : alone) {
      account(token.name());
    }
  }

  private void replace(HsmConfig hsm, ActivationSecret secret) throws IOException {
    char[] officer = officers.getOrDefault(hsm.name(), new char[0]);
    if (officer.length > 0) {
      perform(new Replaced(hsm, true, officer, secret.passphrase()));
    }
    char[] user = users.getOrDefault(hsm.name(), new char[0]);
    perform(new Replaced(hsm, false, user, secret.passphrase()));
    users.put(hsm.name(), secret.passphrase());
  }

  private void perform(Replaced one) throws IOException {
    boolean taken = false;
    try {
      one.perform();
      replaced.push(one);
      taken = true;
    } finally {
      if (!taken) {
        wipe(one.fresh());
      }
    }
  }

  /** Who still could give the token another PIN is written down. */
  private void account(String token) throws CeremonyAborted {
    Words words = room.words();
    String program = "Kreissiegel " + room.software().version();
    room.minutes().account(words.say("account.pin", token), words.say("account.replaced"), program);
    boolean kept = officers.getOrDefault(token, new char[0]).length == 0;
    room.minutes()
        .account(
            words.say("account.so-pin", token),
            words.say(kept ? "account.outstanding" : "account.replaced"),
            kept
                ? room.ask("so-holder-" + token, words.say("ask.so-holder", token), false)
                : program);
  }

  /** Where the plan's keys live, with the PINs as they are now. */
  Map<KeyId, HierarchyKeys.Shelf> shelves() {
    var shelves = new HashMap<KeyId, HierarchyKeys.Shelf>();
    plan.places()
        .forEach(
            (key, token) ->
                shelves.put(
                    key, new HierarchyKeys.Shelf(token, users.getOrDefault(token, new char[0]))));
    return shelves;
  }

  /** The vault is whole: what was replaced stays so. */
  void keep() {
    replaced.forEach(one -> wipe(one.old(), one.fresh()));
    replaced.clear();
  }

  @Override
  public void close() {
    while (!replaced.isEmpty()) {
      Replaced last = replaced.pop();
      try {
        last.takeBack();
      } catch (IOException failed) {
        room.tell(
            room.words().say("pin.lost", last.hsm().name(), String.valueOf(failed.getMessage())));
      }
      wipe(last.old(), last.fresh());
    }
    users.values().forEach(TokenPins::wipe);
    officers.values().forEach(TokenPins::wipe);
  }

  private static void wipe(char[]... pins) {
    for (char[] pin : pins) {
      Arrays.fill(pin, '\0');
    }
  }
}
