package de.kreissiegel.ca.lint;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Numbers that people are known by. Only texts with a digit come here. */
final class NumberForms {
  private static final Pattern DAY_FIRST =
      Pattern.compile(
          "(?<!\\d)(?:0?[1-9]|[12]\\d|3[01])[./-](?:0?[1-9]|1[0-2])[./-]((?:19|20)\\d\\d)(?!\\d)");
  private static final Pattern YEAR_FIRST =
      Pattern.compile(
          "(?<!\\d)((?:19|20)\\d\\d)([./-]?)(?:0[1-9]|1[0-2])\\2(?:0[1-9]|[12]\\d|3[01])(?!\\d)");
  private static final int YOUNGEST = 14;
  private static final int OLDEST = 100;

  private static final Pattern STAFF =
      Pattern.compile(
          "(?iu)(?<!\\p{L})(?:pers(?:onal)?[.-]?\\s?-?(?:nr|nummer)|p-?nr|stamm-?(?:nr|nummer)"
              + "|dienst-?(?:nr|nummer)|mitarbeiter-?(?:nr|nummer)"
              + "|(?:staff|employee|personnel)\\s?(?:no|number|id))[.:]?\\s?\\d{2,}");
  private static final Pattern SHORT_NUMBER = Pattern.compile("\\d{1,12}");

  private static final Pattern POSTCODE = Pattern.compile("(?<![\\w-])\\d{5}\\s+\\p{Lu}\\p{L}+");
  private static final Pattern STREET =
      Pattern.compile(
          "(?iu)\\p{L}(?:straße|strasse|str\\.|gasse|allee|(?<=\\p{L}{3})(?:weg|platz|ring|damm))"
              + "\\s+\\d{1,4}\\s?[a-z]?(?!\\w)");
  private static final Pattern PHONE = Pattern.compile("(?<!\\d)(?:\\+49|0)[\\d /()-]{8,}\\d");

  /** Nine characters of the alphabet of German documents, and their check digit. */
  private static final Pattern DOCUMENT =
      Pattern.compile(
          "(?<![A-Z0-9])([CFGHJKLMNPRTVWXYZ][CFGHJKLMNPRTVWXYZ0-9]{8})(\\d)?(?![A-Z0-9])");

  private static final Pattern TAX_PAYER =
      Pattern.compile("(?<![\\p{Alnum}])[1-9]\\d{10}(?![\\p{Alnum}])");

  /** ETSI EN 319 412-1: passport, identity card, personal number, tax payer. */
  private static final Pattern SEMANTIC = Pattern.compile("(?:PAS|IDC|PNO|TIN)[A-Z]{2}-.+");

  /** RFC 9562 §4, as machines are often called. */
  private static final Pattern UUID =
      Pattern.compile(
          "(?i)(?<!\\p{Alnum})[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?!\\p{Alnum})");

  private NumberForms() {}

  /** The text without its UUIDs: chance writes any number into them, and they are nobody's. */
  static String withoutUuids(String text) {
    return UUID.matcher(text).replaceAll("");
  }

  static boolean hasDigit(String text) {
    for (int at = 0; at < text.length(); at++) {
      if (text.charAt(at) >= '0' && text.charAt(at) <= '9') {
        return true;
      }
    }
    return false;
  }

  /**
   * Whether there is a day on which somebody may have been born who works here.
   *
   * @param now the year in which the certificate begins
   */
  static boolean hasBirthDate(String text, int now) {
    for (Pattern pattern : List.of(DAY_FIRST, YEAR_FIRST)) {
      Matcher dates = pattern.matcher(text);
      while (dates.find()) {
        int year = Integer.parseInt(dates.group(1));
        if (year <= now - YOUNGEST && year >= now - OLDEST) {
          return true;
        }
      }
    }
    return false;
  }

  static boolean hasStaffNumber(String text) {
    return STAFF.matcher(text).find();
  }

  /** Whether it is a bare number as staff have; those that we make are 20 hexadecimal digits. */
  static boolean isShortNumber(String text) {
    return SHORT_NUMBER.matcher(text).matches();
  }

  static boolean hasAddress(String text) {
    return POSTCODE.matcher(text).find()
        || STREET.matcher(text).find()
        || PHONE.matcher(text).find();
  }

  static boolean isSemantic(String text) {
    return SEMANTIC.matcher(text).matches();
  }

  static boolean hasIdentityNumber(String text) {
    Matcher documents = DOCUMENT.matcher(text);
    while (documents.find()) {
      String number = documents.group(1);
      // Nine letters are a word; without the check digit two digits at least tell a number.
      boolean numeric = number.chars().filter(c -> c <= '9').count() >= 2;
      String check = documents.group(2);
      if (numeric && (check == null || checkDigit(number) == check.charAt(0) - '0')) {
        return true;
      }
    }
    Matcher numbers = TAX_PAYER.matcher(text);
    while (numbers.find()) {
      if (isTaxPayer(numbers.group())) {
        return true;
      }
    }
    return false;
  }

  /** Weights 7, 3, 1 (ICAO Doc 9303 part 3 §4.9). */
  static int checkDigit(String number) {
    int sum = 0;
    for (int at = 0; at < number.length(); at++) {
      int value = Character.digit(number.charAt(at), 36);
      sum += value * new int[] {7, 3, 1}[at % 3];
    }
    return sum % 10;
  }

  /** ISO 7064 mod 11,10 over the first ten digits. */
  static boolean isTaxPayer(String number) {
    int product = 10;
    for (int at = 0; at < 10; at++) {
      int sum = (number.charAt(at) - '0' + product) % 10;
      product = 2 * (sum == 0 ? 10 : sum) % 11;
    }
    int check = 11 - product;
    return (check == 10 ? 0 : check) == number.charAt(10) - '0';
  }
}
