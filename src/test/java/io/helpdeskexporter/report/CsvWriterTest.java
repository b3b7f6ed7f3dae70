package io.helpdeskexporter.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvWriterTest {
  @Test
  void aCellThatCouldBeTakenForSeveralIsQuoted() {
    CsvWriter out = new CsvWriter(',');

    out.text("plain").text("a,b").text("say \"hi\"").text("two\nlines").text("").end();

    assertThat(out).hasToString("plain,\"a,b\",\"say \"\"hi\"\"\",\"two\nlines\",\r\n");
  }

  @Test
  void whatIsQuotedDependsOnTheSeparator() {
    assertThat(new CsvWriter(';').text("a,b").text("c;d")).hasToString("a,b;\"c;d\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"=1+1", "+49 30", "-team", "@all", "\tx", "\rx", "\nx"})
  void whatASpreadsheetWouldComputeStaysText(String text) {
    assertThat(new CsvWriter(';').text(text).toString()).contains("'" + text);
  }

  @Test
  void anEqualsSignWithinATextIsNoFormula() {
    assertThat(new CsvWriter(',').text("a=b")).hasToString("a=b");
  }

  @Test
  void aNegativeNumberIsANumber() {
    assertThat(new CsvWriter(',').number(OptionalDouble.of(-0.25))).hasToString("-0.25");
  }

  @Test
  void whatThereIsNoneOfIsEmpty() {
    assertThat(new CsvWriter(',').number(OptionalDouble.empty()).number(OptionalDouble.of(0)))
        .hasToString(",0");
  }

  @Test
  void aLargeNumberIsWrittenOut() {
    assertThat(new CsvWriter(',').number(OptionalDouble.of(1.5e9))).hasToString("1500000000");
  }
}
