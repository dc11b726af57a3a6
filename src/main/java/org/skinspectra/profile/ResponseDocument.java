package org.skinspectra.profile;

import java.util.Optional;
import org.skinspectra.spectra.SpectralTable;

/**
 * Camera sensitivities and what their file says of itself.
 *
 * @param format such as {@code rawtoaces JSON}
 * @param table sensitivity of every channel
 * @param camera maker and model
 * @param author who made the file
 * @param licence of the numbers
 * @param instrument they were measured with
 * @param date of the file, as it stands there
 */
record ResponseDocument(
    String format,
    SpectralTable table,
    Optional<String> camera,
    Optional<String> author,
    Optional<String> licence,
    Optional<String> instrument,
    Optional<String> date) {}
