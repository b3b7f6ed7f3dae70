package io.helpdeskexporter.source.api;

import io.helpdeskexporter.config.Secret;
import io.helpdeskexporter.source.SourceException;
import io.helpdeskexporter.source.Traffic;
import java.io.IOException;
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
 * Logs in with an access token that is renewed where there is none, when it is about to end, and
 * when it was refused. A refresh token works once, so the next one is in the file before the access
 * token that came with it is used, and others who share the file are asked first: what they renewed
 * is taken, not renewed again.
 */
final class Grant implements Authorization {
  /**
   * Tokens that are not in the file yet, because writing failed.
   *
   * @param spent the refresh token that the file still holds
   */
  private record Unsaved(Secret spent, Tokens fresh) {}

  private final OAuth oauth;
  private final String path;
  private final String scope;
  private final String vendor;
  private final TokenFile file;
  private final Budget budget;
  private final InstantSource clock;
  private final Api api;
  private Optional<Tokens> held = Optional.empty();
  private Optional<Secret> spending = Optional.empty();
  private Optional<Unsaved> unsaved = Optional.empty();

  Grant(
      OAuth oauth,
      String path,
      String scope,
      Address address,
      Manners manners,
      Budget budget,
      InstantSource clock,
      Duration timeout) {
    this.oauth = oauth;
    this.path = path;
    this.scope = scope;
    this.budget = budget;
    this.clock = clock;
    vendor = manners.vendor();
    String manual = "docs/sources/" + vendor.toLowerCase(Locale.ROOT) + ".md";
    file = new TokenFile(oauth.tokenFile(), manual);
    api =
        new Api(
            address,
            new Nobody(),
            new RenewalManners(manners, address.host(), oauth.tokenFile(), scope, manual),
            budget,
            clock,
            timeout);
  }

  /** Who asks for an access token has none. */
  private final class Nobody implements Authorization {
    @Override
    public String header() {
      return "";
    }

    @Override
    public List<Secret> secrets() {
      return Grant.this.secrets();
    }
  }

  @Override
  public String header() throws SourceException, InterruptedException {
    if (held.filter(it -> it.areGood(clock.instant())).isEmpty()) {
      held = Optional.of(obtain(Optional.empty()));
    }
    return header(held.get());
  }

  @Override
  public boolean renew(String refused) throws SourceException, InterruptedException {
    if (held.filter(it -> header(it).equals(refused)).isPresent()) {
      held = Optional.of(obtain(held.get().access()));
    }
    return !header().equals(refused);
  }

  private static String header(Tokens tokens) {
    return "Bearer " + tokens.access().orElseThrow().reveal();
  }

  /** The client's, and whatever tokens are known at present. */
  @Override
  public List<Secret> secrets() {
    List<Secret> secrets = new ArrayList<>(List.of(oauth.clientSecret()));
    spending.ifPresent(secrets::add);
    held.ifPresent(it -> addTo(secrets, it));
    unsaved.ifPresent(it -> addTo(secrets, it.fresh()));
    return secrets;
  }

  private static void addTo(List<Secret> secrets, Tokens tokens) {
    tokens.access().ifPresent(secrets::add);
    secrets.add(tokens.refresh());
  }

  @Override
  public Optional<Traffic> traffic() {
    return Optional.of(api.traffic());
  }

  @Override
  public void close() {
    api.close();
  }

  /** Those of the file, if they are good by now, else new ones, which are in the file then. */
  private Tokens obtain(Optional<Secret> refused) throws SourceException, InterruptedException {
    held = Optional.empty();
    try (TokenFile.Held kept = file.hold(budget)) {
      Tokens stored = kept.read();
      Optional<Tokens> late = unsavedAfter(stored.refresh());
      if (late.isPresent()) {
        save(kept, late.get());
        stored = late.get();
      } else {
        unsaved = Optional.empty();
        kept.rehearse();
      }
      Instant now = clock.instant();
      boolean others = stored.areGood(now) && !stored.access().equals(refused);
      // One that is refused though it is new is refused for a reason that no renewal mends.
      if (others || refused.isPresent() && stored.areNew(now)) {
        return stored;
      }
      Tokens fresh = ask(stored);
      unsaved = Optional.of(new Unsaved(stored.refresh(), fresh));
      save(kept, fresh);
      return fresh;
    }
  }

  /** What is still to be written; nothing if a person has permitted the access anew meanwhile. */
  private Optional<Tokens> unsavedAfter(Secret refresh) {
    return unsaved.filter(it -> it.spent().equals(refresh)).map(Unsaved::fresh);
  }

  private void save(TokenFile.Held kept, Tokens fresh) throws SourceException {
    try {
      kept.write(fresh);
      unsaved = Optional.empty();
    } catch (IOException e) {
      throw new SourceException.Misconfigured(
          "%s renewed the access, and the new tokens cannot be written to %s: %s; as long as this process lives it tries again, so make the file writable and do not end it, or else authorise it anew"
              .formatted(vendor, oauth.tokenFile(), TokenFile.reason(e)),
          e);
    }
  }

  private Tokens ask(Tokens stored) throws SourceException, InterruptedException {
    Map<String, String> form = new LinkedHashMap<>();
    form.put("grant_type", "refresh_token");
    form.put("refresh_token", stored.refresh().reveal());
    form.put("client_id", oauth.clientId());
    form.put("client_secret", oauth.clientSecret().reveal());
    form.put("scope", scope);
    spending = Optional.of(stored.refresh());
    Answer answer = api.ask(Call.form("access token", path, form));
    return stored
        .renewed(answer.json(), answer.receivedAt())
        .orElseThrow(
            () ->
                new SourceException.Nonsense(
                    "%s at %s renewed the access and gave no access token"
                        .formatted(vendor, api.address().host())));
  }
}
