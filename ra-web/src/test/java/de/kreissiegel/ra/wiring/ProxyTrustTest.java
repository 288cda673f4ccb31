package de.kreissiegel.ra.wiring;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Properties;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.config.YamlPropertiesFactoryBean;
import org.springframework.core.io.ClassPathResource;

/** Nobody's word about where a request comes from counts, unless the proxy is named. */
class ProxyTrustTest {
  @Test
  void believesNobodyByDefault() throws IOException {
    var yaml = new YamlPropertiesFactoryBean();
    yaml.setResources(new ClassPathResource("application.yaml"));
    Properties settings = yaml.getObject();
    Assertions.assertThat(settings).containsEntry(ProxyTrust.STRATEGY, "none");
    assertThatCode(() -> ProxyTrust.check("none", null)).doesNotThrowAnyException();
    assertThatCode(() -> ProxyTrust.check(null, null)).doesNotThrowAnyException();
  }

  @Test
  void believesAProxyThatIsNamed() {
    assertThatCode(() -> ProxyTrust.check("native", "10\\.1\\.2\\.3")).doesNotThrowAnyException();
  }

  @Test
  void refusesToBelieveAllPrivateAddressesOrEverybody() {
    assertThatThrownBy(() -> ProxyTrust.check("native", null))
        .hasMessageContaining(ProxyTrust.PROXIES);
    assertThatThrownBy(() -> ProxyTrust.check("NATIVE", " "))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> ProxyTrust.check("framework", "10\\.1\\.2\\.3"))
        .hasMessageContaining("believes everybody");
  }
}
