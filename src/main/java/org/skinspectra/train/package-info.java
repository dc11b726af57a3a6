/** Data sets, scoring of models on them, and, in time, training. */
package org.skinspectra.train;
