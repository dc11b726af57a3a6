/**
 * What a camera is known by: its spectral responses under a light, files of such responses, and the
 * map from its calibrated channels to those of a canonical multispectral image.
 */
package org.skinspectra.profile;
