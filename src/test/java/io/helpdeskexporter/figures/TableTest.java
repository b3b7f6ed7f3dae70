package io.helpdeskexporter.figures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.helpdeskexporter.figures.Table.Cell;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class TableTest {
  private final Table table =
      new Table(
          List.of("team", "value"),
          List.of(
              List.of(Cell.of("care"), Cell.of(OptionalDouble.of(0.5))),
              List.of(Cell.of("=HYPERLINK(\"http://evil\")"), Cell.of(OptionalDouble.of(-1))),
              List.of(Cell.of(""), Cell.of(OptionalDouble.empty())),
              List.of(Cell.of("odd"), Cell.of(OptionalDouble.of(Double.NaN)))));

  @Test
  void whatThereIsNoneOfIsAnEmptyCell() {
    assertThat(table.csv(','))
        .isEqualTo(
            """
            team,value
            care,0.5
            "'=HYPERLINK(""http://evil"")",-1
            ,
            odd,
            """
                .replace("\n", "\r\n"));
  }

  @Test
  void forProgramsItIsNull() {
    assertThat(table.json())
        .isEqualTo(
            """
            [{"team":"care","value":0.5},{"team":"=HYPERLINK(\\"http://evil\\")","value":-1},\
            {"team":null,"value":null},{"team":"odd","value":null}]
            """);
  }

  @Test
  void aRowHasACellForEachColumn() {
    assertThatThrownBy(
            () -> new Table(List.of("one", "two"), List.of(List.<Cell>of(Cell.of("one")))))
        .hasMessage("1 cells for 2 columns");
  }
}
