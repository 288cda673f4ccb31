package de.kreissiegel.ra.pages.device;

import static de.kreissiegel.ra.pages.device.Device.Picture.CONNECT;
import static de.kreissiegel.ra.pages.device.Device.Picture.OPEN;
import static de.kreissiegel.ra.pages.device.Device.Picture.PASSWORD;
import static de.kreissiegel.ra.pages.device.Device.Picture.PHONE;
import static de.kreissiegel.ra.pages.device.Device.Picture.TERMINAL;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A kind of device for which the browser makes a file, or a card for which the server does, and the
 * steps to take there. Its words are {@code device.NAME.title}, {@code .text} and {@code .step.1}
 * and on.
 */
public enum Device {
  APPLE(Kind.PHONE, PHONE, OPEN, OPEN, PASSWORD, CONNECT),
  ANDROID(Kind.PHONE, PHONE, OPEN, OPEN, PASSWORD, CONNECT),
  WINDOWS(Kind.UNTRIED, OPEN, OPEN, PASSWORD, CONNECT),
  NETWORKMANAGER(Kind.UNTRIED, OPEN, TERMINAL, PASSWORD),
  SWANCTL(Kind.TRIED, TERMINAL, PASSWORD, CONNECT),
  OPENVPN(Kind.TRIED, OPEN, OPEN, PASSWORD),
  PKCS12(Kind.TRIED, OPEN, PASSWORD, CONNECT),
  PEM(Kind.TRIED, TERMINAL, PASSWORD),
  CARD_WINDOWS(Kind.UNTRIED_CARD, OPEN, OPEN, PASSWORD, OPEN, OPEN, CONNECT),
  CARD_UNIX(Kind.TRIED_CARD, TERMINAL, TERMINAL, PASSWORD, OPEN, TERMINAL, CONNECT);

  /** What is known of a device: whether it is a phone or a card, and whether its file was tried. */
  private enum Kind {
    PHONE,
    UNTRIED,
    TRIED,
    UNTRIED_CARD,
    TRIED_CARD
  }

  /** The picture beside a step. */
  enum Picture {
    OPEN,
    PASSWORD,
    CONNECT,
    PHONE,
    TERMINAL
  }

  private final Kind kind;
  private final List<Picture> pictures;

  Device(Kind kind, Picture... pictures) {
    this.kind = kind;
    this.pictures = List.of(pictures);
  }

  /** The device that an address names. */
  static Optional<Device> of(String name) {
    return Arrays.stream(values()).filter(device -> device.getName().equals(name)).findFirst();
  }

  /** Those for which the browser makes the file, from a key that it has itself. */
  public static List<Device> madeInBrowser() {
    return Arrays.stream(values())
        .filter(device -> device.kind != Kind.TRIED_CARD && device.kind != Kind.UNTRIED_CARD)
        .toList();
  }

  /** Its name in addresses and messages, as {@code apple}. */
  public String getName() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Whether a file may be handed over to it by QR code. */
  public boolean isPhone() {
    return kind == Kind.PHONE;
  }

  /** Whether our tests have a program of such a device use the file. */
  public boolean isTried() {
    return kind == Kind.TRIED || kind == Kind.TRIED_CARD;
  }

  /** The steps in their order. */
  public List<Step> getSteps() {
    return IntStream.range(0, pictures.size())
        .mapToObj(
            at ->
                new Step(
                    "device." + getName() + ".step." + (at + 1),
                    "step-" + pictures.get(at).name().toLowerCase(Locale.ROOT) + ".svg"))
        .toList();
  }

  /**
   * One step.
   *
   * @param words the key of its words
   * @param picture the file beside it, which says nothing that the words don't
   */
  public record Step(String words, String picture) {}
}
