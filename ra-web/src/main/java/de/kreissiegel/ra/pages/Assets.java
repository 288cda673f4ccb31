package de.kreissiegel.ra.pages;

import java.io.IOException;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** What the frontend's build called its files; their names change with their content. */
@Component
class Assets {
  private static final String NAMES = "/static/assets/assets.properties";
  private static final String FOLDER = "/assets/";

  private final String script;
  private final String style;
  private final List<String> fonts;

  Assets() throws IOException {
    var names = new Properties();
    try (var stream = Assets.class.getResourceAsStream(NAMES)) {
      if (stream == null) {
        throw new IllegalStateException("the frontend is not built: run mvn process-resources");
      }
      names.load(stream);
    }
    script = FOLDER + name(names, "script");
    style = FOLDER + name(names, "style");
    fonts = Stream.of(name(names, "fonts").split(" ")).map(FOLDER::concat).toList();
  }

  private static String name(Properties names, String key) {
    var name = names.getProperty(key);
    if (name == null || name.isEmpty()) {
      throw new IllegalStateException("the frontend's build named no " + key);
    }
    return name;
  }

  /** The address of the script that every page starts. */
  String script() {
    return script;
  }

  /** The address of the style sheet. */
  String style() {
    return style;
  }

  /** The addresses of the fonts that each page shows; a browser would find them only later. */
  List<String> fonts() {
    return fonts;
  }
}
