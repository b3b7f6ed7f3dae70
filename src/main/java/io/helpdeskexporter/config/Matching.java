package io.helpdeskexporter.config;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** What a text must look like as a whole. On a list, a set or a map it holds for each value. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Matching {
  /** A regular expression. */
  String value();

  /** The same in words, for the message: {@code a name of lower-case letters}. */
  String allowed();
}
