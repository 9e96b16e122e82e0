package io.ringsim.runtime;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks the few places that implement the real-time world and so may read the wall clock, draw unseeded chance or start
 * threads. Everywhere else the build refuses such calls.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.TYPE, ElementType.METHOD, ElementType.CONSTRUCTOR})
public @interface RealWorld {
    /** Why the real world is needed here. */
    String value();
}
