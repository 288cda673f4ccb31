package de.kreissiegel.ra.wiring;

import java.io.IOException;
import java.nio.file.Path;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.io.FileSystemResource;

/** Reads {@code kreissiegel.yaml} where there is no Spring context. */
final class InstallationReader {
  private InstallationReader() {}

  static Binder binder(Path configuration) throws IOException {
    var sources = new MutablePropertySources();
    new YamlPropertySourceLoader()
        .load("kreissiegel", new FileSystemResource(configuration))
        .forEach(sources::addLast);
    return new Binder(ConfigurationPropertySources.from(sources));
  }
}
