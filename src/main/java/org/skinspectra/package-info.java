/**
 * What every package needs: the errors people can act on, progress with cancel, files that are
 * written whole or not at all, and JSON that is checked before it is believed.
 *
 * <p>Packages build on each other in one direction: {@code spectra}, {@code cube}, {@code profile},
 * {@code skin}, {@code model}, {@code measure}, {@code format}, {@code session}, {@code batch},
 * {@code camera}, {@code train}, {@code evaluation}, {@code benchmark}, {@code report}, {@code
 * view}, {@code commands}, {@code cli}. A package imports only from those before it; the last two
 * do not know each other. {@code model.engine} comes after {@code model} and is known by none.
 */
package org.skinspectra;
