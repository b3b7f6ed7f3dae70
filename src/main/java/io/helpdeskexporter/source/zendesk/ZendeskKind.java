package io.helpdeskexporter.source.zendesk;

import io.helpdeskexporter.domain.Channel;
import io.helpdeskexporter.domain.ReportedField;
import io.helpdeskexporter.domain.SlaMetric;
import io.helpdeskexporter.domain.Status;
import io.helpdeskexporter.domain.Vocabulary;
import io.helpdeskexporter.source.Source;
import io.helpdeskexporter.source.SourceKind;
import io.helpdeskexporter.source.api.Patience;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** The kind {@code zendesk}: Zendesk Support over its API. */
public final class ZendeskKind implements SourceKind<ZendeskSettings> {
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
