package de.kreissiegel.hsm.token.pkcs11;

import java.util.Map;
import java.util.Set;

/** A function of the library returned something else than CKR_OK. */
final class CkFailure extends Exception {
  static final long OK = 0;
  static final long GENERAL_ERROR = 0x5;
  static final long PIN_INCORRECT = 0xa0;
  static final long PIN_EXPIRED = 0xa3;
  static final long PIN_LOCKED = 0xa4;
  static final long SESSION_COUNT = 0xb1;
  static final long KEY_HANDLE_INVALID = 0x60;
  static final long SESSION_HANDLE_INVALID = 0xb3;
  static final long TOKEN_NOT_PRESENT = 0xe0;
  static final long USER_ALREADY_LOGGED_IN = 0x100;
  static final long USER_NOT_LOGGED_IN = 0x101;
  static final long USER_PIN_NOT_INITIALIZED = 0x102;
  static final long ALREADY_INITIALIZED = 0x191;
  static final long NOT_INITIALIZED = 0x190;
  static final long ATTRIBUTE_SENSITIVE = 0x11;
  static final long ATTRIBUTE_TYPE_INVALID = 0x12;
  static final long BUFFER_TOO_SMALL = 0x150;
  private static final long serialVersionUID = 1L;

  private static final Map<Long, String> NAMES =
      Map.ofEntries(
          Map.entry(0x2L, "CKR_HOST_MEMORY"),
          Map.entry(0x3L, "CKR_SLOT_ID_INVALID"),
          Map.entry(GENERAL_ERROR, "CKR_GENERAL_ERROR"),
          Map.entry(0x6L, "CKR_FUNCTION_FAILED"),
          Map.entry(0x7L, "CKR_ARGUMENTS_BAD"),
          Map.entry(0x10L, "CKR_ATTRIBUTE_READ_ONLY"),
          Map.entry(ATTRIBUTE_SENSITIVE, "CKR_ATTRIBUTE_SENSITIVE"),
          Map.entry(ATTRIBUTE_TYPE_INVALID, "CKR_ATTRIBUTE_TYPE_INVALID"),
          Map.entry(0x13L, "CKR_ATTRIBUTE_VALUE_INVALID"),
          Map.entry(0x20L, "CKR_DATA_INVALID"),
          Map.entry(0x21L, "CKR_DATA_LEN_RANGE"),
          Map.entry(0x30L, "CKR_DEVICE_ERROR"),
          Map.entry(0x31L, "CKR_DEVICE_MEMORY"),
          Map.entry(0x32L, "CKR_DEVICE_REMOVED"),
          Map.entry(0x40L, "CKR_ENCRYPTED_DATA_INVALID"),
          Map.entry(0x41L, "CKR_ENCRYPTED_DATA_LEN_RANGE"),
          Map.entry(0x54L, "CKR_FUNCTION_NOT_SUPPORTED"),
          Map.entry(KEY_HANDLE_INVALID, "CKR_KEY_HANDLE_INVALID"),
          Map.entry(0x62L, "CKR_KEY_SIZE_RANGE"),
          Map.entry(0x63L, "CKR_KEY_TYPE_INCONSISTENT"),
          Map.entry(0x68L, "CKR_KEY_FUNCTION_NOT_PERMITTED"),
          Map.entry(0x70L, "CKR_MECHANISM_INVALID"),
          Map.entry(0x71L, "CKR_MECHANISM_PARAM_INVALID"),
          Map.entry(0x82L, "CKR_OBJECT_HANDLE_INVALID"),
          Map.entry(0x90L, "CKR_OPERATION_ACTIVE"),
          Map.entry(PIN_INCORRECT, "CKR_PIN_INCORRECT"),
          Map.entry(0xa1L, "CKR_PIN_INVALID"),
          Map.entry(0xa2L, "CKR_PIN_LEN_RANGE"),
          Map.entry(PIN_EXPIRED, "CKR_PIN_EXPIRED"),
          Map.entry(PIN_LOCKED, "CKR_PIN_LOCKED"),
          Map.entry(0xb0L, "CKR_SESSION_CLOSED"),
          Map.entry(SESSION_COUNT, "CKR_SESSION_COUNT"),
          Map.entry(SESSION_HANDLE_INVALID, "CKR_SESSION_HANDLE_INVALID"),
          Map.entry(0xb5L, "CKR_SESSION_READ_ONLY"),
          Map.entry(0xd0L, "CKR_TEMPLATE_INCOMPLETE"),
          Map.entry(0xd1L, "CKR_TEMPLATE_INCONSISTENT"),
          Map.entry(TOKEN_NOT_PRESENT, "CKR_TOKEN_NOT_PRESENT"),
          Map.entry(0xe1L, "CKR_TOKEN_NOT_RECOGNIZED"),
          Map.entry(0xe2L, "CKR_TOKEN_WRITE_PROTECTED"),
          Map.entry(USER_ALREADY_LOGGED_IN, "CKR_USER_ALREADY_LOGGED_IN"),
          Map.entry(USER_NOT_LOGGED_IN, "CKR_USER_NOT_LOGGED_IN"),
          Map.entry(USER_PIN_NOT_INITIALIZED, "CKR_USER_PIN_NOT_INITIALIZED"),
          Map.entry(0x130L, "CKR_DOMAIN_PARAMS_INVALID"),
          Map.entry(0x140L, "CKR_CURVE_NOT_SUPPORTED"),
          Map.entry(BUFFER_TOO_SMALL, "CKR_BUFFER_TOO_SMALL"),
          Map.entry(NOT_INITIALIZED, "CKR_CRYPTOKI_NOT_INITIALIZED"),
          Map.entry(ALREADY_INITIALIZED, "CKR_CRYPTOKI_ALREADY_INITIALIZED"));

  /**
   * After these, sessions, handles and the login can't be trusted any more. CKR_GENERAL_ERROR and
   * CKR_FUNCTION_FAILED say nothing; a fresh start is tried for them, too.
   */
  private static final Set<Long> LOST =
      Set.of(
          0x3L,
          GENERAL_ERROR,
          0x6L,
          0x30L,
          0x31L,
          0x32L,
          KEY_HANDLE_INVALID,
          0x82L,
          0xb0L,
          SESSION_HANDLE_INVALID,
          TOKEN_NOT_PRESENT,
          0xe1L,
          USER_NOT_LOGGED_IN,
          NOT_INITIALIZED);

  private final long code;

  CkFailure(String function, long code) {
    super(name(code) + " from " + function);
    this.code = code;
  }

  long code() {
    return code;
  }

  /** Whether the token has to be connected anew. */
  boolean lost() {
    return LOST.contains(code);
  }

  private static String name(long code) {
    return NAMES.getOrDefault(code, "CKR 0x" + Long.toHexString(code));
  }
}
