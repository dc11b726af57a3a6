/**
 * Models and ready-made cubes held against the truth of a data set: image by image, with results
 * that are kept and taken up again, and over images and subjects. How it is shown is the matter of
 * {@code report}.
 */
package org.skinspectra.evaluation;
