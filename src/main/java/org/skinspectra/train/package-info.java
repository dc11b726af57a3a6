/** Data sets on disk and the scoring of models on them. */
package org.skinspectra.train;
