package io.helpdeskexporter.source.zendesk;

import io.helpdeskexporter.domain.Actor;
import io.helpdeskexporter.source.SourceException;
import io.helpdeskexporter.source.api.Answer;
import io.helpdeskexporter.source.api.Api;
import io.helpdeskexporter.source.api.BadItem;
import io.helpdeskexporter.source.api.Call;
import io.helpdeskexporter.source.api.Item;
import io.helpdeskexporter.source.api.Kept;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Who is an agent, a customer, a bot. Agents are listed once in a while; whoever else writes is
 * looked up, a hundred at a time: a customer, or somebody who has left. Of each only the role is
 * kept.
 */
final class People {
  /** As the author of what the system writes by itself. */
  static final String SYSTEM = "-1";

  private static final int IDS_PER_CALL = 100;

  /** So many are known at a time; about 20 MB. */
  private static final int MOST_KNOWN = 200_000;

  private final Api api;
  private final Set<String> bots;
  private final Set<String> formerStaff;
  private final Kept<Map<String, Actor>> staff;

  /** Whoever is not in the list of agents; who becomes one will be. */
  private final Map<String, Optional<Actor>> strangers = new HashMap<>();

  private Map<String, Actor> known = Map.of();

  People(Api api, ZendeskSettings settings, InstantSource clock) {
    this.api = api;
    this.bots = folded(settings.bots());
    this.formerStaff = folded(settings.formerStaff());
    this.staff = new Kept<>(settings.rolesKept(), clock, this::list);
  }

  /** Looks up those that are not known yet. */
  void meet(Collection<String> ids) throws SourceException, InterruptedException {
    known = staff.get();
    Set<String> unknown = new LinkedHashSet<>(ids);
    unknown.remove(SYSTEM);
    unknown.removeAll(known.keySet());
    if (strangers.size() > MOST_KNOWN) {
      strangers.clear();
    }
    unknown.removeAll(strangers.keySet());
    List<String> all = List.copyOf(unknown);
    for (int from = 0; from < all.size(); from += IDS_PER_CALL) {
      List<String> some = all.subList(from, Math.min(all.size(), from + IDS_PER_CALL));
      Call call =
          Call.get("users", "/api/v2/users/show_many")
              .with("ids", String.join(",", some))
              .limitedBy(ZendeskManners.ACCOUNT)
              .accepting(404);
      roles(api.ask(call)).forEach((id, role) -> strangers.put(id, Optional.of(role)));
      // Who was deleted for good is not looked for again and again.
      some.forEach(id -> strangers.putIfAbsent(id, Optional.empty()));
    }
  }

  /** Empty for those who were deleted for good, and for those never met. */
  Optional<Actor> role(String id) {
    String key = id.toLowerCase(Locale.ROOT);
    if (id.equals(SYSTEM)) {
      return Optional.of(Actor.SYSTEM);
    }
    if (bots.contains(key)) {
      return Optional.of(Actor.BOT);
    }
    if (formerStaff.contains(key)) {
      return Optional.of(Actor.AGENT);
    }
    Actor listed = known.get(id);
    return listed != null ? Optional.of(listed) : strangers.getOrDefault(id, Optional.empty());
  }

  private Map<String, Actor> list() throws SourceException, InterruptedException {
    Map<String, Actor> all = new HashMap<>();
    Call call =
        Call.get("users", "/api/v2/users")
            .with("role[]", "agent")
            .with("role[]", "admin")
            .limitedBy(ZendeskManners.ACCOUNT);
    for (Answer page : Listing.all(api, call)) {
      all.putAll(roles(page));
    }
    return all;
  }

  private Map<String, Actor> roles(Answer answer) {
    Map<String, Actor> roles = new HashMap<>();
    for (Item user : Item.all(answer.json().path("users"))) {
      try {
        roles.put(user.requiredKey("id"), role(user));
      } catch (BadItem e) {
        // Somebody nobody can name; whoever has the id is met as a stranger.
      }
    }
    return roles;
  }

  private Actor role(Item user) throws BadItem {
    Optional<String> email = user.text("email").map(it -> it.toLowerCase(Locale.ROOT));
    if (email.filter(bots::contains).isPresent()) {
      return Actor.BOT;
    }
    boolean staff =
        user.text("role").filter(it -> !it.equals("end-user")).isPresent()
            || email.filter(formerStaff::contains).isPresent();
    return staff ? Actor.AGENT : Actor.CUSTOMER;
  }

  private static Set<String> folded(List<String> names) {
    Set<String> folded = new LinkedHashSet<>();
    names.forEach(name -> folded.add(name.strip().toLowerCase(Locale.ROOT)));
    return folded;
  }
}
