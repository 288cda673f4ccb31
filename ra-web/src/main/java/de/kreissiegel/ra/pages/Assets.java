package de.kreissiegel.ra.pages;

import java.io.IOException;
import java.util.Properties;
import org.springframework.stereotype.Component;

/** What the frontend's build called its files; their names change with their content. */
@Component
class Assets {
  private static final String NAMES = "/static/assets/assets.properties";

  private final String script;
  private final String style;

  Assets() throws IOException {
    var names = new Properties();
    try (var stream = Assets.class.getResourceAsStream(NAMES)) {
      if (stream == null) {
        throw new IllegalStateException("the frontend is not built: run mvn process-resources");
      }
      names.load(stream);
    }
    script = "/assets/" + names.getProperty("script");
    style = "/assets/" + names.getProperty("style");
  }

  /** The address of the script that every page starts. */
  String script() {
    return script;
  }

  /** The address of the style sheet. */
  String style() {
    return style;
  }
}
