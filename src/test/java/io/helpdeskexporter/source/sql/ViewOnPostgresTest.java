package io.helpdeskexporter.source.sql;

import io.helpdeskexporter.source.SourceContract;

class ViewOnPostgresTest extends SourceContract {
  @Override
  protected Desk openDesk() {
    return ViewDesk.onPostgres(true);
  }
}
