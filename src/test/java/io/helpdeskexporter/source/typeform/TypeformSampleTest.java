package io.helpdeskexporter.source.typeform;

import static org.assertj.core.api.Assertions.assertThat;

import io.helpdeskexporter.source.api.Item;
import io.helpdeskexporter.source.typeform.FormDefinition.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import tools.jackson.databind.json.JsonMapper;

/**
 * A real form, kept beside the checkout. Where it is not there, a line says so and nothing is
 * tested.
 */
class TypeformSampleTest {
  private static final Path FORM = Path.of("../shared/samples/typeform/form-definition-demo.json");

  @Test
  void theScalesOfARealFormAreRead(TestReporter reporter) throws Exception {
    if (!Files.exists(FORM)) {
      reporter.publishEntry("the sample of Typeform was not read: it is not beside the checkout");
      return;
    }
    FormDefinition form =
        FormDefinition.of(Item.of(JsonMapper.shared().readTree(Files.readString(FORM))));
    Map<String, String> ends = new TreeMap<>();
    for (Field field : form.fields().values()) {
      field.ends().ifPresent(it -> ends.put(field.ref().orElseThrow(), field.type() + " " + it));
    }

    // Counted by hand: 13 questions and a statement, of which two are in a group.
    assertThat(form.fields()).hasSize(15);
    assertThat(ends)
        .isEqualTo(
            Map.of(
                "question-group-yes-no-typeform", "yes_no 0-1",
                "yes-no-typeform", "yes_no 0-1",
                "number-min-max-typeform", "number 1-100",
                "opinion-scale-typeform", "opinion_scale 0-5",
                "opinion-scale-no-labels-typeform", "opinion_scale 1-10"));
  }
}
