/** Figures and tables of results: the one core package that draws. Works without a display. */
package org.skinspectra.report;
