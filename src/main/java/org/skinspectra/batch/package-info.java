/**
 * Reconstruction of many pictures, unattended: {@link org.skinspectra.batch.ReconstructionBatch}
 * finds the pictures, does what is not done yet, and writes down what became of each.
 *
 * <p>A picture is a {@link org.skinspectra.batch.BatchJob}, which can be sent to another computer;
 * {@link org.skinspectra.batch.JobRunner} does it in the same way wherever it runs, so that the
 * cubes of a folder and of a cluster are the same bytes. What differs from run to run, the seconds
 * and the computer, stands in the {@link org.skinspectra.batch.BatchManifest} and not in the cubes.
 */
package org.skinspectra.batch;
