package io.helpdeskexporter.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.helpdeskexporter.http.WebConfig.ClientAuthentication;
import io.helpdeskexporter.http.WebConfig.Material;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * TLS as the web configuration file asks for it, with its certificates read. Immutable; a changed
 * file makes a new one.
 */
final class ServerTls {

  private final WebConfig.Tls config;
  private final SSLContext context;

  private ServerTls(WebConfig.Tls config, SSLContext context) {
    this.config = config;
    this.context = context;
  }

  /**
   * Reads the certificates and the key.
   *
   * @throws WebConfigException that says which of them cannot be used, and why
   */
  static ServerTls load(WebConfig.Tls config) throws WebConfigException {
    List<X509Certificate> chain = read("cert_file", config.certificate(), Pem::certificates);
    PrivateKey key = read("key_file", config.key(), pem -> Pem.privateKey(pem, chain.getFirst()));
    List<X509Certificate> authorities =
        config.clientAuthorities().isEmpty()
            ? List.of()
            : read("client_ca_file", config.clientAuthorities().get(), Pem::certificates);
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(
          keyManagers(chain, key).getKeyManagers(),
          new TrustManager[] {new ClientCheck(config, authorities)},
          null);
      ServerTls tls = new ServerTls(config, context);
      // Shows now, not at the first connection, what this Java will not do.
      tls.engine();
      return tls;
    } catch (GeneralSecurityException | IOException | IllegalArgumentException e) {
      throw new WebConfigException(List.of("tls_server_config: " + e.getMessage()));
    }
  }

  SSLContext context() {
    return context;
  }

  /** The server's side of one new connection. */
  SSLEngine engine() {
    SSLEngine engine = context.createSSLEngine();
    engine.setUseClientMode(false);
    SSLParameters parameters = engine.getSSLParameters();
    parameters.setProtocols(protocols());
    if (!config.cipherSuites().isEmpty()) {
      parameters.setCipherSuites(cipherSuites(context));
      parameters.setUseCipherSuitesOrder(config.serverPrefersItsOrder());
    }
    if (!config.curves().isEmpty()) {
      parameters.setNamedGroups(config.curves().toArray(String[]::new));
    }
    switch (config.clientAuthentication()) {
      case NONE -> {}
      case REQUESTED, VERIFIED_IF_GIVEN -> parameters.setWantClientAuth(true);
      case REQUIRED, REQUIRED_AND_VERIFIED -> parameters.setNeedClientAuth(true);
    }
    engine.setSSLParameters(parameters);
    return engine;
  }

  private String[] protocols() {
    return Arrays.stream(WebConfig.Version.values())
        .filter(v -> v.compareTo(config.min()) >= 0 && v.compareTo(config.max()) <= 0)
        .map(WebConfig.Version::protocol)
        .toArray(String[]::new);
  }

  /**
   * The list is for TLS 1.2; those of TLS 1.3 are not configurable in this file's format and stay.
   */
  private String[] cipherSuites(SSLContext from) {
    List<String> suites = new ArrayList<>(config.cipherSuites());
    for (String suite : from.getDefaultSSLParameters().getCipherSuites()) {
      boolean ofTls13 = !suite.contains("_WITH_") && !suite.endsWith("_SCSV");
      if (ofTls13 && !suites.contains(suite)) {
        suites.add(suite);
      }
    }
    return suites.toArray(String[]::new);
  }

  private static KeyManagerFactory keyManagers(List<X509Certificate> chain, PrivateKey key)
      throws GeneralSecurityException, IOException {
    char[] inMemoryOnly = "-".toCharArray();
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setKeyEntry("server", key, inMemoryOnly, chain.toArray(X509Certificate[]::new));
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(store, inMemoryOnly);
    return factory;
  }

  private static <T> T read(String key, Material material, Reading<T> reading)
      throws WebConfigException {
    try {
      return reading.from(
          switch (material) {
            case Material.InFile inFile -> Files.readString(inFile.path(), UTF_8);
            case Material.Inline inline -> inline.pem();
          });
    } catch (NoSuchFileException e) {
      throw problem(key, material, "does not exist");
    } catch (IOException e) {
      throw problem(key, material, "cannot be read: " + e.getMessage());
    } catch (GeneralSecurityException e) {
      throw problem(key, material, String.valueOf(e.getMessage()));
    }
  }

  private static WebConfigException problem(String key, Material material, String what) {
    return new WebConfigException(
        List.of("tls_server_config.%s: %s %s".formatted(key, material, what)));
  }

  @FunctionalInterface
  private interface Reading<T> {
    T from(String pem) throws GeneralSecurityException;
  }

  /**
   * Decides on client certificates: verified or not, and whether one of the allowed names is in it.
   */
  private static final class ClientCheck extends X509ExtendedTrustManager {

    private final ClientAuthentication authentication;
    private final Set<String> allowedNames;
    private final List<X509Certificate> authorities;
    private final X509ExtendedTrustManager verifying;

    ClientCheck(WebConfig.Tls config, List<X509Certificate> authorities)
        throws GeneralSecurityException, IOException {
      this.authentication = config.clientAuthentication();
      this.allowedNames = Set.copyOf(config.allowedClientNames());
      this.authorities = authorities;
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      for (int i = 0; i < authorities.size(); i++) {
        store.setCertificateEntry("client-ca-" + i, authorities.get(i));
      }
      TrustManagerFactory factory =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init(store);
      this.verifying = (X509ExtendedTrustManager) factory.getTrustManagers()[0];
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
        throws CertificateException {
      if (authentication.verifies()) {
        verifying.checkClientTrusted(chain, authType, engine);
      }
      requireAllowedName(chain[0]);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
        throws CertificateException {
      if (authentication.verifies()) {
        verifying.checkClientTrusted(chain, authType, socket);
      }
      requireAllowedName(chain[0]);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType)
        throws CertificateException {
      if (authentication.verifies()) {
        verifying.checkClientTrusted(chain, authType);
      }
      requireAllowedName(chain[0]);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
        throws CertificateException {
      throw neverAClient();
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
        throws CertificateException {
      throw neverAClient();
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType)
        throws CertificateException {
      throw neverAClient();
    }

    /** Told to the client so that it can choose a certificate; none where any will do. */
    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return authentication.verifies()
          ? authorities.toArray(X509Certificate[]::new)
          : new X509Certificate[0];
    }

    private void requireAllowedName(X509Certificate certificate) throws CertificateException {
      if (allowedNames.isEmpty()) {
        return;
      }
      Collection<List<?>> names = certificate.getSubjectAlternativeNames();
      boolean allowed =
          names != null
              && names.stream()
                  .map(name -> name.get(1))
                  .anyMatch(name -> name instanceof String text && allowedNames.contains(text));
      if (!allowed) {
        throw new CertificateException(
            "no name of the client certificate is in client_allowed_sans");
      }
    }

    private static CertificateException neverAClient() {
      return new CertificateException("this end is always the server");
    }
  }
}
