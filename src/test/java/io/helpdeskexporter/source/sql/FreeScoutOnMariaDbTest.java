package io.helpdeskexporter.source.sql;

class FreeScoutOnMariaDbTest extends FreeScoutStories {
  @Override
  protected FreeScoutDesk openDesk() {
    return FreeScoutDesk.onMariaDb();
  }
}
