package io.helpdeskexporter.source.sql;

class FreeScoutOnPostgresTest extends FreeScoutStories {
  @Override
  protected FreeScoutDesk openDesk() {
    return FreeScoutDesk.onPostgres();
  }
}
