package de.kreissiegel.ldap.sample;

import java.util.List;

/** The Landratsamt and the 26 municipalities: 6 towns, 3 markets, 17 communities. */
final class Houses {
  static final House COUNTY =
      new House("landratsamt-hassberge", "Landratsamt Haßberge", "Haßfurt", 424);
  static final House EBERN = new House("stadt-ebern", "Stadt Ebern", "Ebern", 92);
  static final House HASSFURT = new House("stadt-hassfurt", "Stadt Haßfurt", "Haßfurt", 168);
  static final House HOFHEIM =
      new House("stadt-hofheim-ufr", "Stadt Hofheim i.UFr.", "Hofheim i.UFr.", 71);
  static final House KOENIGSBERG =
      new House("stadt-koenigsberg-bay", "Stadt Königsberg i.Bay.", "Königsberg i.Bay.", 58);

  static final List<House> ALL =
      List.of(
          COUNTY,
          EBERN,
          new House("stadt-eltmann", "Stadt Eltmann", "Eltmann", 76),
          HASSFURT,
          HOFHEIM,
          KOENIGSBERG,
          new House("stadt-zeil", "Stadt Zeil a.Main", "Zeil a.Main", 81),
          new House("markt-burgpreppach", "Markt Burgpreppach", "Burgpreppach", 24),
          new House("markt-maroldsweisach", "Markt Maroldsweisach", "Maroldsweisach", 37),
          new House("markt-rentweinsdorf", "Markt Rentweinsdorf", "Rentweinsdorf", 26),
          community("Aidhausen", "aidhausen", 24),
          community("Breitbrunn", "breitbrunn", 17),
          community("Bundorf", "bundorf", 18),
          community("Ebelsbach", "ebelsbach", 38),
          community("Ermershausen", "ermershausen", 12),
          community("Gädheim", "gaedheim", 19),
          community("Kirchlauter", "kirchlauter", 20),
          community("Knetzgau", "knetzgau", 54),
          community("Oberaurach", "oberaurach", 39),
          community("Pfarrweisach", "pfarrweisach", 23),
          community("Rauhenebrach", "rauhenebrach", 33),
          community("Riedbach", "riedbach", 22),
          community("Sand a.Main", "sand", 31),
          community("Stettfeld", "stettfeld", 17),
          community("Theres", "theres", 29),
          community("Untermerzbach", "untermerzbach", 25),
          community("Wonfurt", "wonfurt", 22));

  private Houses() {}

  private static House community(String place, String label, int staff) {
    return new House("gemeinde-" + label, "Gemeinde " + place, place, staff);
  }
}
