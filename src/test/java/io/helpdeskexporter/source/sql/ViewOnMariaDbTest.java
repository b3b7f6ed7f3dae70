package io.helpdeskexporter.source.sql;

import io.helpdeskexporter.source.SourceContract;

class ViewOnMariaDbTest extends SourceContract {
  @Override
  protected Desk openDesk() {
    return ViewDesk.onMariaDb();
  }
}
