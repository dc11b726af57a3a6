/**
 * What a camera is known by: its profile with spectral responses, light, sensors and white, files
 * of profiles and of responses, the map from its calibrated channels to those of a canonical
 * multispectral image, and how its image at 960 nm lies on the RGB image. And what makes channels
 * calibrated: means of frames, linearity, dark and white references, bad pixels, the Bayer mosaic,
 * and the numbers that help to expose and to focus.
 */
package org.skinspectra.profile;
