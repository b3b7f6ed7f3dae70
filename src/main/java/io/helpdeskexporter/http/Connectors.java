package io.helpdeskexporter.http;

import java.net.InetSocketAddress;
import javax.net.ssl.SSLEngine;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/** The one listening socket, plain or TLS. */
final class Connectors {

  /** Scrapers are few; one thread each to accept and to watch them is enough. */
  private static final int ACCEPTORS = 1;

  private static final int SELECTORS = 1;

  /** While stopping, a connection without a request in flight is given up this soon. */
  private static final long IDLE_AT_STOP_MILLIS = 100;

  private Connectors() {}

  /** Applies the limits that hold for plain and TLS alike. */
  static void tighten(HttpConfiguration http, HttpSettings settings) {
    http.setSendServerVersion(false);
    http.setSendXPoweredBy(false);
    http.setRequestHeaderSize(settings.maxRequestHeaderBytes());
    http.setIdleTimeout(settings.idleTimeout().toMillis());
    http.setRelativeRedirectAllowed(false);
  }

  static Connector create(
      Server server, HttpConfiguration http, HttpSettings settings, LiveWebConfig webConfig) {
    HttpConnectionFactory plain = new HttpConnectionFactory(http);
    ServerConnector connector =
        webConfig
            .current()
            .tls()
            .map(tls -> secure(server, http, plain, webConfig, tls))
            .orElseGet(() -> new ServerConnector(server, ACCEPTORS, SELECTORS, plain));
    settings.address().ifPresent(connector::setHost);
    connector.setPort(settings.port());
    connector.setIdleTimeout(settings.idleTimeout().toMillis());
    connector.setShutdownIdleTimeout(IDLE_AT_STOP_MILLIS);
    return connector;
  }

  private static ServerConnector secure(
      Server server,
      HttpConfiguration http,
      HttpConnectionFactory plain,
      LiveWebConfig webConfig,
      ServerTls first) {
    // A scraper connects by whatever address it was given; only the client can judge whether the
    // name fits.
    http.addCustomizer(new SecureRequestCustomizer(false));
    LiveTls live = new LiveTls(webConfig, first);
    return new ServerConnector(
        server, ACCEPTORS, SELECTORS, new SslConnectionFactory(live, plain.getProtocol()), plain);
  }

  /** Gives each new connection the TLS configuration in force at that moment. */
  private static final class LiveTls extends SslContextFactory.Server {

    private final LiveWebConfig webConfig;
    private final ServerTls first;

    LiveTls(LiveWebConfig webConfig, ServerTls first) {
      this.webConfig = webConfig;
      this.first = first;
      setSslContext(first.context());
    }

    @Override
    public SSLEngine newSSLEngine() {
      // TLS is never switched off while running, so the first one is no more than a formality.
      return webConfig.current().tls().orElse(first).engine();
    }

    @Override
    public SSLEngine newSSLEngine(String host, int port) {
      return newSSLEngine();
    }

    @Override
    public SSLEngine newSSLEngine(InetSocketAddress address) {
      return newSSLEngine();
    }
  }
}
