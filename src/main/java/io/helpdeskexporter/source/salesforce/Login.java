package io.helpdeskexporter.source.salesforce;

import io.helpdeskexporter.config.Secret;
import io.helpdeskexporter.source.SourceException;
import io.helpdeskexporter.source.Traffic;
import io.helpdeskexporter.source.api.Answer;
import io.helpdeskexporter.source.api.Api;
import io.helpdeskexporter.source.api.Authorization;
import io.helpdeskexporter.source.api.Call;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * An access token, asked for when there is none, when the one there is gets old, and when it is
 * refused. How long one lasts is told by nobody: that is a setting of the account.
 */
final class Login implements Authorization {
  private static final String PATH = "/services/oauth2/token";

  /** Twice as often as the usual lifetime would need. */
  private static final Duration RENEWED = Duration.ofMinutes(30);

  private final Api api;
  private final SalesforceSettings settings;
  private final InstantSource clock;
  private Optional<Secret> token = Optional.empty();
  private Instant since = Instant.MIN;

  /**
   * @param api which knows nobody yet
   */
  Login(Api api, SalesforceSettings settings, InstantSource clock) {
    this.api = api;
    this.settings = settings;
    this.clock = clock;
  }

  @Override
  public String header() throws SourceException, InterruptedException {
    Instant now = clock.instant();
    if (token.isEmpty() || !now.isBefore(since.plus(RENEWED)) || now.isBefore(since)) {
      token = Optional.of(ask());
      since = now;
    }
    return header(token.get());
  }

  @Override
  public boolean renew(String refused) throws SourceException, InterruptedException {
    if (token.filter(it -> header(it).equals(refused)).isPresent()) {
      token = Optional.empty();
    }
    header();
    return true;
  }

  private static String header(Secret token) {
    return "Bearer " + token.reveal();
  }

  @Override
  public List<Secret> secrets() {
    List<Secret> secrets = new ArrayList<>(settings.secrets());
    token.ifPresent(secrets::add);
    return secrets;
  }

  @Override
  public Optional<Traffic> traffic() {
    return Optional.of(api.traffic());
  }

  @Override
  public void close() {
    api.close();
  }

  private Secret ask() throws SourceException, InterruptedException {
    Answer answer = api.ask(Call.form(SalesforceManners.LOGIN, PATH, form()));
    requireSameHost(answer.json().path("instance_url").asString(""));
    String text = answer.json().path("access_token").asString("");
    if (text.isEmpty()) {
      throw new SourceException.Nonsense(
          "Salesforce at %s logged in and gave no access token".formatted(api.address().host()));
    }
    return Secret.of(text);
  }

  private Map<String, String> form() {
    Map<String, String> form = new LinkedHashMap<>();
    if (settings.jwt().isPresent()) {
      form.put("grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer");
      form.put(
          "assertion", Assertion.of(settings.clientId(), settings.jwt().get(), clock.instant()));
    } else {
      form.put("grant_type", "client_credentials");
      form.put("client_id", settings.clientId());
      form.put("client_secret", settings.clientSecret().orElseThrow().reveal());
    }
    return form;
  }

  /** The token is for another host then, and no other host is ever sent it. */
  private void requireSameHost(String instance) throws SourceException {
    if (instance.isEmpty()) {
      return;
    }
    String configured = settings.instanceHost();
    String told = host(instance);
    if (!told.equals(configured)) {
      throw new SourceException.Misconfigured(
          ("Salesforce at %s gives an access token for %s, which is another host than the one that"
                  + " is configured, %s, and no other is ever asked; write the one that it names,"
                  + " if it is yours")
              .formatted(
                  api.address().host(), told.isEmpty() ? "no host at all" : told, configured));
    }
  }

  /** In lower case, with a port where it has one; empty if it is none. */
  static String host(String url) {
    try {
      String authority = URI.create(url).getRawAuthority();
      return authority == null || !authority.matches("[A-Za-z0-9.:\\[\\]-]{1,253}")
          ? ""
          : authority.toLowerCase(Locale.ROOT);
    } catch (IllegalArgumentException e) {
      return "";
    }
  }
}
