/**
 * Batches on Apache Spark. {@link org.skinspectra.spark.SparkBatch} is the driver: it looks for the
 * pictures, gives each to the cluster as a task of its own, and writes the list of what was done as
 * the results arrive, which are small rows. {@link org.skinspectra.spark.PictureTask} is what an
 * executor does: it fetches one picture, does the same as a thread of a local batch, and brings the
 * cube away. Files are read and written by Hadoop's file systems.
 */
package org.skinspectra.spark;
