/**
 * How long the work takes on this machine and how much memory: reconstruction, each size and
 * precision in a process of its own so that peaks do not mix, and the work on data beside a
 * yardstick. How it is shown is the matter of {@code report} and {@code cli}.
 */
package org.skinspectra.benchmark;
