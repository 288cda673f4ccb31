package de.kreissiegel.ra.house;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.security.cert.X509Certificate;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;

/**
 * {@code /login/certificate?as=LOGIN} is answered as if a browser had shown LOGIN's. Not among the
 * pages, where every application would find it.
 */
@Configuration(proxyBeanMethods = false)
public class ShownCertificates {
  @Bean
  FilterRegistrationBean<Shown> shown(ObjectProvider<LogIns> logIns) {
    var filter = new FilterRegistrationBean<>(new Shown(logIns));
    filter.setOrder(Ordered.HIGHEST_PRECEDENCE);
    return filter;
  }

  /** What the log-in by certificate believes. */
  record Shown(ObjectProvider<LogIns> logIns) implements Filter {
    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
        throws IOException, ServletException {
      // Not getParameter(): it would read a form before anybody has said in which encoding.
      var query = ((HttpServletRequest) request).getQueryString();
      if (query != null && query.startsWith("as=")) {
        try {
          request.setAttribute(
              "jakarta.servlet.request.X509Certificate",
              new X509Certificate[] {
                logIns.getObject().certificate(query.substring("as=".length()))
              });
        } catch (Exception broken) {
          throw new ServletException(broken);
        }
      }
      chain.doFilter(request, response);
    }
  }
}
