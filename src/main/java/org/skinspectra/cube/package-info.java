/** Multispectral images, reflectance cubes and masks, and their view as ImageJ images. */
package org.skinspectra.cube;
