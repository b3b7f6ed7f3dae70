package io.helpdeskexporter.config;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A public static factory by which a value is written on one line. Its only parameter is a String
 * or any other type that the configuration can hold; a text that it refuses with an {@link
 * IllegalArgumentException} or a {@link java.time.DateTimeException} is not allowed.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface FromText {
  /** What may be written, with examples: {@code a window, such as 7d or today}. */
  String allowed();

  /** Whether a map with the record's keys is allowed as well. */
  boolean orMap() default false;
}
