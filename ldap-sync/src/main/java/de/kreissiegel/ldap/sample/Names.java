package de.kreissiegel.ldap.sample;

import java.util.List;
import java.util.Random;

/** Names that are common in Germany, to be thrown together by chance. */
final class Names {
  private static final List<String> GIVEN =
      words(
          """
          Anna Andreas Angelika Alexander Annette Achim Birgit Bernd Barbara Bernhard Bärbel Björn
          Christine Christian Claudia Carsten Carina Cem Doris Dieter Daniela Daniel Dörte Dirk Elke
          Erik Eva Emre Elisabeth Erwin Franziska Frank Felicitas Florian Fatma Fabian Gabriele Georg
          Gisela Gerhard Gudrun Günter Heike Hans Hannah Holger Helga Hüseyin Ingrid Ingo Ines Ivan
          Irmgard Igor Julia Jürgen Jana Jörg Johanna Jakob Karin Klaus Katharina Kai Kerstin Konrad
          Laura Lukas Lena Ludwig Lieselotte Lothar Martina Michael Monika Markus Magdalena Murat
          Nicole Norbert Nadine Niklas Natalia Nico Olga Oliver Ottilie Oskar Petra Peter Paula Paul
          Ramona Ralf Renate Rüdiger Rosemarie Robert Sabine Stefan Susanne Sebastian Silke Sören
          Tanja Thomas Theresa Tobias Tülay Torsten Ursula Uwe Ute Ulrich Vera Volker Verena Viktor
          Waltraud Wolfgang Wiebke Werner Yvonne Yannick Zoë Zeynep Anke-Marie Hans-Jürgen Karl-Heinz
          Eva-Maria Änne Özlem Cäcilie René
          """);
  private static final List<String> FAMILY =
      words(
          """
          Müller Schmidt Schneider Fischer Weber Meyer Wagner Becker Schulz Hoffmann Schäfer Koch
          Bauer Richter Klein Wolf Schröder Neumann Schwarz Zimmermann Braun Krüger Hofmann Hartmann
          Lange Schmitt Werner Krause Meier Lehmann Schmid Schulze Maier Köhler Herrmann König Walter
          Mayer Huber Kaiser Fuchs Peters Lang Scholz Möller Weiß Jung Hahn Schubert Vogel Friedrich
          Keller Günther Frank Berger Winkler Roth Beck Lorenz Baumann Franke Albrecht Schuster Simon
          Ludwig Böhm Winter Kraus Martin Schumacher Krämer Vogt Stein Jäger Otto Sommer Groß Seidel
          Heinrich Brandt Haas Schreiber Graf Schulte Dietrich Ziegler Kuhn Kühn Pohl Engel Horn Busch
          Bergmann Thomas Voigt Sauer Arnold Wolff Pfeiffer Yılmaz Kowalski Nowak Petrović Öztürk
          Strauß Heß Preuß Kießling Häußler Übelhör Ängerer Rößner Göß Faßbender Nüßlein Süß
          """);

  /** Longer than the 64 characters that a common name may have in a certificate (X.520). */
  static final String LONG_GIVEN = "Maximiliane Alexandra Katharina-Theodora";

  static final String LONG_FAMILY = "Freifrau von Schwarzenfels-Hohenstreitberg zu Niederfüllbach";

  private Names() {}

  static String given(Random random) {
    return one(GIVEN, random);
  }

  /** One of eight has a double name. */
  static String family(Random random) {
    String first = one(FAMILY, random);
    if (random.nextInt(8) > 0) {
      return first;
    }
    String second = one(FAMILY, random);
    return first.equals(second) ? first : first + "-" + second;
  }

  private static String one(List<String> names, Random random) {
    return names.get(random.nextInt(names.size()));
  }

  private static List<String> words(String text) {
    return List.of(text.strip().split("\\s+"));
  }
}
