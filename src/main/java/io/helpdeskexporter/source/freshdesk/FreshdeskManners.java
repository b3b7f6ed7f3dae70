package io.helpdeskexporter.source.freshdesk;

import io.helpdeskexporter.source.SourceException;
import io.helpdeskexporter.source.api.Answer;
import io.helpdeskexporter.source.api.Budget;
import io.helpdeskexporter.source.api.Call;
import io.helpdeskexporter.source.api.Limit;
import io.helpdeskexporter.source.api.Manners;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How Freshdesk counts and refuses. Each answer tells the limit of its own group of endpoints; that
 * of the account is told by no header of its own, and is at least the greatest of them.
 */
final class FreshdeskManners implements Manners {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  /** Of a trial, until an answer tells of more. */
  private static final int LEAST_PER_MINUTE = 50;

  /** Of the list of tickets on the smallest plan. */
  private static final int LEAST_LISTS_PER_MINUTE = 20;

  static final Limit ACCOUNT = new Limit("account", LEAST_PER_MINUTE, MINUTE);
  static final Limit TICKET_LISTS = new Limit("tickets", LEAST_LISTS_PER_MINUTE, MINUTE);

  private int account = LEAST_PER_MINUTE;

  /** The budget of a group of endpoints. */
  static Limit group(String name) {
    return new Limit(name, LEAST_PER_MINUTE, MINUTE);
  }

  @Override
  public String vendor() {
    return "Freshdesk";
  }

  @Override
  public void learn(Call call, Answer answer, Budget budget) {
    OptionalInt total = answer.number("X-RateLimit-Total");
    OptionalInt remaining = answer.number("X-RateLimit-Remaining");
    if (call.limits().isEmpty() || total.isEmpty()) {
      return;
    }
    budget.learn(call.limits().getLast(), total, remaining, Optional.empty());
    if (total.getAsInt() > account) {
      account = total.getAsInt();
      budget.learn(ACCOUNT, total, OptionalInt.empty(), Optional.empty());
    }
  }

  @Override
  public Optional<SourceException> failure(Call call, Answer answer) {
    return switch (answer.status()) {
      case 401 ->
          misconfigured(
              "Freshdesk refuses api_key: take the one under \"View API key\" in the profile"
                  + " settings of an agent of this very account, who is still active");
      case 403 ->
          misconfigured(
              "Freshdesk does not let the agent of api_key read %s%s: give the agent the scope of"
                      .formatted(call.name(), reason(answer).map(it -> " (" + it + ")").orElse(""))
                  + " all tickets, and a role that may view them");
      case 404 ->
          misconfigured(
              "Freshdesk knows no such account: domain is what stands before .freshdesk.com in the"
                  + " agents' address bar, also where customers see a domain of one's own");
      default -> Optional.empty();
    };
  }

  private static Optional<SourceException> misconfigured(String message) {
    return Optional.of(new SourceException.Misconfigured(message));
  }

  /** Its codes; its sentences may quote what somebody wrote. */
  @Override
  public Optional<String> reason(Answer answer) {
    String code = answer.json().path("code").asString("");
    if (code.isEmpty()) {
      code = answer.json().path("errors").path(0).path("code").asString("");
    }
    return code.matches("[a-z_]{1,60}") ? Optional.of(code) : Optional.empty();
  }
}
