/**
 * Fiji's menu entries. Each is a SciJava command of some sixty lines that wires the packages below
 * and reports what they say. The names of a command's parameters are the keys of recorded macros:
 * they are never renamed, and a later one is optional.
 */
package org.skinspectra.commands;
