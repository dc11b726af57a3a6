/**
 * What a camera is known by: its profile with spectral responses, light, sensors and white, files
 * of profiles and of responses, and the map from its calibrated channels to those of a canonical
 * multispectral image.
 */
package org.skinspectra.profile;
