package de.kreissiegel.hsm.token.pkcs11;

import java.nio.charset.StandardCharsets;

/** Which of a library's tokens is meant. */
public sealed interface TokenChoice {
  /** Whether the token in that slot is it. */
  boolean fits(SlotFacts slot);

  /** As in a sentence. */
  String words();

  /**
   * By its label, the usual way.
   *
   * @param label 1 to 32 octets of UTF-8
   */
  record Label(String label) implements TokenChoice {
    public Label {
      requireLength("label", label, 32);
    }

    @Override
    public boolean fits(SlotFacts slot) {
      return slot.present() && slot.initialised() && slot.label().equals(label);
    }

    @Override
    public String words() {
      return "the token labelled " + label;
    }
  }

  /**
   * By its serial number, where labels are not told apart.
   *
   * @param serial 1 to 16 octets
   */
  record Serial(String serial) implements TokenChoice {
    public Serial {
      requireLength("serial number", serial, 16);
    }

    @Override
    public boolean fits(SlotFacts slot) {
      return slot.present() && slot.initialised() && slot.serial().equals(serial);
    }

    @Override
    public String words() {
      return "the token with the serial number " + serial;
    }
  }

  /**
   * By its slot; only for libraries that keep the numbers of their slots.
   *
   * @param id CK_SLOT_ID
   */
  record Slot(long id) implements TokenChoice {
    public Slot {
      if (id < 0) {
        throw new IllegalArgumentException("a slot's number is 0 or more, not " + id);
      }
    }

    @Override
    public boolean fits(SlotFacts slot) {
      return slot.present() && slot.id() == id;
    }

    @Override
    public String words() {
      return "the token in slot " + id;
    }
  }

  private static void requireLength(String what, String value, int atMost) {
    int length = value.getBytes(StandardCharsets.UTF_8).length;
    if (length < 1 || length > atMost || !value.equals(value.strip())) {
      throw new IllegalArgumentException(
          "a token's %s has 1 to %d octets and no blanks around it, not '%s'"
              .formatted(what, atMost, value));
    }
  }
}
