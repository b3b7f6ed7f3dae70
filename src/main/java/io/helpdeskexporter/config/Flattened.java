package io.helpdeskexporter.config;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The component's keys stand in the same map as its siblings', not in a map of their own. Where its
 * type is {@link Record} itself, the value of the sibling key {@code kind} decides which record it
 * is (see {@link SourceKinds}).
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Flattened {}
