package de.kreissiegel.ldap.sample;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Invents the people: the cast first, then each house up to its size. */
final class People {
  private static final long SEED = 20_261_122L;
  private final Random random = new Random(SEED);
  private final Map<String, Integer> logins = new HashMap<>();
  private final List<SamplePerson> all = new ArrayList<>();
  private final Cast cast;

  People() {
    cast =
        new Cast(
            plain("Jürgen", "Weißmüller", Houses.HASSFURT),
            plain("Lena", "Fröhlich", Houses.HASSFURT),
            plain("Sabine", "Köhler", Houses.HASSFURT),
            plain("Matthias", "Schröder", Houses.HASSFURT),
            plain("Ulrike", "Böhm", Houses.EBERN),
            plain("Ingrid", "Zöllner", Houses.COUNTY),
            plain("Thomas", "Rüttinger", Houses.COUNTY),
            add("Dr.", "Renate", "Vogel", Houses.COUNTY, true, null, true),
            add(null, "Günther", "Hauck", Houses.HASSFURT, false, null, true),
            add(
                null,
                "Bettina",
                "Müller-Lüdenscheidt",
                Houses.KOENIGSBERG,
                true,
                Houses.HOFHEIM,
                true),
            add(null, "Walter", "Jäger", Houses.HASSFURT, true, null, false));
    Houses.ALL.forEach(this::fill);
  }

  List<SamplePerson> all() {
    return List.copyOf(all);
  }

  Cast cast() {
    return cast;
  }

  /** Not of the cast: one person more there would make everybody else another one. */
  SamplePerson helper() {
    List<SamplePerson> known =
        List.of(cast.leadOfficer(), cast.secondLeadOfficer(), cast.auditor());
    return all.stream()
        .filter(person -> person.home().equals(Houses.COUNTY) && !known.contains(person))
        .filter(person -> person.enabled() && person.mail().isPresent())
        .findFirst()
        .orElseThrow();
  }

  private void fill(House house) {
    int missing = house.staff() - (int) all.stream().filter(p -> p.home().equals(house)).count();
    for (int i = 0; i < missing; i++) {
      if (house.staff() > 90 && i == 10) {
        plain(Names.LONG_GIVEN, Names.LONG_FAMILY, house);
      } else if (house.staff() > 50 && i == 11) {
        SamplePerson before = all.getLast();
        plain(before.givenName(), before.surname(), house);
      } else {
        anybody(house, i);
      }
    }
  }

  private void anybody(House house, int i) {
    String given = Names.given(random);
    String family = Names.family(random);
    int title = random.nextInt(100);
    boolean withMail = random.nextInt(100) >= 5;
    boolean enabled = random.nextInt(100) >= 3;
    House other = Houses.ALL.get(random.nextInt(Houses.ALL.size()));
    boolean elsewhere = random.nextInt(100) < 2 && !other.equals(house);
    if (i < 3) {
      // The officers come from these.
      plain(given, family, house);
      return;
    }
    add(
        title == 0 ? "Prof. Dr." : title < 5 ? "Dr." : null,
        given,
        family,
        house,
        withMail,
        elsewhere ? other : null,
        enabled);
  }

  private SamplePerson plain(String given, String family, House house) {
    return add(null, given, family, house, true, null, true);
  }

  private SamplePerson add(
      @Nullable String title,
      String given,
      String family,
      House house,
      boolean withMail,
      @Nullable House second,
      boolean enabled) {
    String login = login(given, family);
    var person =
        new SamplePerson(
            login,
            Optional.ofNullable(title),
            given,
            family,
            withMail ? Optional.of(login + "@" + house.domain()) : Optional.empty(),
            100_001 + all.size(),
            house,
            Optional.ofNullable(second),
            enabled);
    all.add(person);
    return person;
  }

  private String login(String given, String family) {
    String wish = ascii(given) + "." + ascii(family);
    String base = wish.length() > 48 ? wish.substring(0, 48).replaceAll("[.-]+$", "") : wish;
    int count = logins.merge(base, 1, Integer::sum);
    return count == 1 ? base : base + count;
  }

  /** In letters, digits and hyphens, with umlauts written out. */
  static String ascii(String name) {
    String written =
        name.toLowerCase(Locale.ROOT)
            .replace("ä", "ae")
            .replace("ö", "oe")
            .replace("ü", "ue")
            .replace("ß", "ss")
            .replace("ı", "i");
    return Normalizer.normalize(written, Normalizer.Form.NFD)
        .replaceAll("\\p{M}", "")
        .replaceAll("[^a-z0-9]+", "-");
  }
}
