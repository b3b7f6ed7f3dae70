package io.helpdeskexporter.rules;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.StreamDataWriter;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** YAML as people write rules: blocks, and expressions of several lines as they are. */
final class YamlText {
  private static final int INDENT = 2;

  private static final DumpSettings SETTINGS =
      DumpSettings.builder()
          .setIndent(INDENT)
          .setIndicatorIndent(INDENT)
          .setIndentWithIndicator(true)
          .setSplitLines(false)
          .build();

  private YamlText() {}

  /**
   * A document.
   *
   * @param value maps, lists, texts and numbers
   */
  static String of(Object value) {
    Text text = new Text();
    new Dump(SETTINGS).dumpNode(node(value), text);
    return text.text.toString();
  }

  private static Node node(Object value) {
    return switch (value) {
      case Map<?, ?> map -> {
        List<NodeTuple> tuples = new ArrayList<>();
        map.forEach((key, item) -> tuples.add(new NodeTuple(node(key), node(item))));
        yield new MappingNode(Tag.MAP, tuples, FlowStyle.BLOCK);
      }
      case List<?> list ->
          new SequenceNode(Tag.SEQ, list.stream().map(YamlText::node).toList(), FlowStyle.BLOCK);
      case Boolean flag -> new ScalarNode(Tag.BOOL, flag.toString(), ScalarStyle.PLAIN);
      case BigDecimal number ->
          new ScalarNode(
              number.scale() > 0 ? Tag.FLOAT : Tag.INT, number.toPlainString(), ScalarStyle.PLAIN);
      case String text ->
          new ScalarNode(
              Tag.STR, text, text.contains("\n") ? ScalarStyle.LITERAL : ScalarStyle.PLAIN);
      default -> throw new IllegalArgumentException("not written: " + value.getClass());
    };
  }

  private static final class Text implements StreamDataWriter {
    private final StringBuilder text = new StringBuilder();

    @Override
    public void write(String part) {
      text.append(part);
    }

    @Override
    public void write(String part, int offset, int length) {
      text.append(part, offset, offset + length);
    }
  }
}
