/**
 * What a run leaves behind: its folder, and reports in HTML, JSON, CSV and JUnit's XML. Start at
 * {@link io.ringsim.report.RunFolder}, which writes it all and reads it back, and {@link io.ringsim.report.Report}.
 */
@NullMarked
package io.ringsim.report;

import org.jspecify.annotations.NullMarked;
