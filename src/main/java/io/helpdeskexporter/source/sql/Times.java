package io.helpdeskexporter.source.sql;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * What a database's times mean.
 *
 * @param zone of times that do not say theirs
 * @param epochInMillis whether times that are numbers count milliseconds; seconds otherwise
 */
record Times(ZoneId zone, boolean epochInMillis) {
  static final Times UTC = new Times(ZoneOffset.UTC, false);

  Instant instant(LocalDateTime local) {
    return local.atZone(zone).toInstant();
  }

  Instant instant(long epoch) {
    return epochInMillis ? Instant.ofEpochMilli(epoch) : Instant.ofEpochSecond(epoch);
  }

  Instant instant(CursorValue value) {
    return switch (value) {
      case CursorValue.Local(LocalDateTime local) -> instant(local);
      case CursorValue.Moment moment -> moment.value().toInstant();
      case CursorValue.Whole(long epoch) -> instant(epoch);
      case CursorValue.Text text ->
          throw new IllegalArgumentException("a text is no time: " + text.value().length());
    };
  }

  /** The value of the same kind as {@code like} for an instant. */
  CursorValue like(CursorValue like, Instant at) {
    return switch (like) {
      case CursorValue.Moment _ -> new CursorValue.Moment(at.atOffset(ZoneOffset.UTC));
      case CursorValue.Whole _ ->
          new CursorValue.Whole(epochInMillis ? at.toEpochMilli() : at.getEpochSecond());
      case CursorValue.Local _, CursorValue.Text _ ->
          new CursorValue.Local(LocalDateTime.ofInstant(at, zone));
    };
  }

  /**
   * By how much local times can run backwards: the hour that clocks are put back in autumn, where
   * they are.
   */
  Duration repeated() {
    return zone.getRules().isFixedOffset() ? Duration.ZERO : Duration.ofHours(1);
  }
}
