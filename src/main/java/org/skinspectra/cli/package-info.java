/** The command line: each verb wires the packages below and reports. */
package org.skinspectra.cli;
