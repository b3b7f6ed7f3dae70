package io.helpdeskexporter.source.zendesk;

import io.helpdeskexporter.domain.Channel;
import io.helpdeskexporter.domain.ReportedField;
import io.helpdeskexporter.domain.SlaMetric;
import io.helpdeskexporter.domain.Status;
import io.helpdeskexporter.domain.Vocabulary;
import io.helpdeskexporter.source.Effort;
import io.helpdeskexporter.source.Source;
import io.helpdeskexporter.source.SourceKind;
import io.helpdeskexporter.source.api.Limit;
import io.helpdeskexporter.source.api.Patience;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The kind {@code zendesk}: Zendesk Support over its API. */
public final class ZendeskKind implements SourceKind<ZendeskSettings> {
  private static final double THOUSAND = 1000;
  private static final double EVENTS = 7;

  /** Pages of a hundred ratings, if every ticket has one. */
  private static final double RATINGS = 10;

  /** Of tickets, their events, their SLAs. */
  private static final double EXPORTS_A_POLL = 3;

  /** By word and by number: a channel is written either way. */
  private static final Map<String, Channel> CHANNELS = channels();

  @Override
  public String name() {
    return "zendesk";
  }

  @Override
  public Class<ZendeskSettings> settings() {
    return ZendeskSettings.class;
  }

  @Override
  public Vocabulary vocabulary(ZendeskSettings settings) {
    return new Vocabulary(Map.of("hold", Status.ON_HOLD), Map.of(), CHANNELS, Map.of());
  }

  /** Nothing: everything is told event by event. */
  @Override
  public Set<ReportedField> reports(ZendeskSettings settings) {
    return Set.of();
  }

  /** None: its deadlines are told, and whether they were kept follows from the events. */
  @Override
  public Set<SlaMetric> promises(ZendeskSettings settings) {
    return Set.of();
  }

  @Override
  public boolean tellsMessages(ZendeskSettings settings) {
    return true;
  }

  /** A ticket comes to seven events on the average, and to as many of SLAs. */
  @Override
  public Optional<Effort> effort(ZendeskSettings settings) {
    double exports =
        THOUSAND / settings.ticketsPerPage() + 2 * EVENTS * THOUSAND / settings.eventsPerPage();
    return Optional.of(
        new Effort(
            "tickets",
            settings.useAtMost(),
            List.of(
                charge(ZendeskManners.EXPORTS, EXPORTS_A_POLL, exports),
                charge(ZendeskManners.ACCOUNT, EXPORTS_A_POLL + 1, exports + 2 * RATINGS))));
  }

  private static Effort.Charge charge(Limit limit, double poll, double rows) {
    return new Effort.Charge(limit.name(), limit.calls(), limit.per(), poll, rows, rows);
  }

  /** Exports leave the last minute out. */
  @Override
  public Duration settling() {
    return TimeExport.SETTLING;
  }

  @Override
  public Source open(String sourceName, ZendeskSettings settings, Clock clock) {
    return new ZendeskSource(settings, clock, Patience.real());
  }

  private static Map<String, Channel> channels() {
    Map<String, Channel> channels = new HashMap<>();
    put(channels, Channel.EMAIL, "mail", "email", "4");
    put(
        channels,
        Channel.WEB,
        "web",
        "web_form",
        "0",
        "web_widget",
        "48",
        "help_center",
        "dropbox",
        "17",
        "mobile",
        "iphone",
        "15",
        "closed_ticket",
        "27");
    put(channels, Channel.API, "api", "web_service", "5", "batch", "20");
    put(
        channels,
        Channel.PHONE,
        "voice",
        "phone",
        "phone_call_inbound",
        "45",
        "phone_call_outbound",
        "46",
        "voicemail",
        "44");
    put(channels, Channel.CHAT, "chat", "29");
    put(
        channels,
        Channel.MESSAGING,
        "native_messaging",
        "sms",
        "whatsapp",
        "line",
        "wechat",
        "telegram",
        "viber",
        "facebook_messenger",
        "instagram_dm",
        "mobile_sdk",
        "49");
    put(
        channels,
        Channel.SOCIAL,
        "facebook",
        "facebook_post",
        "38",
        "facebook_message",
        "41",
        "twitter",
        "30",
        "twitter_dm",
        "26",
        "twitter_favorite",
        "23");
    put(
        channels,
        Channel.OTHER,
        "any_channel",
        "rule",
        "8",
        "sample_ticket",
        "side_conversation",
        "ticket_sharing",
        "forum",
        "logmein",
        "user_merge",
        "recovered_from_suspended_tickets",
        "21");
    return Map.copyOf(channels);
  }

  private static void put(Map<String, Channel> channels, Channel meaning, String... words) {
    for (String word : words) {
      channels.put(word, meaning);
    }
  }
}
