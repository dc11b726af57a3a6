// Puts the buttons of Skin Spectra into the tool bar.
toolset = getDirectory("macros") + "toolsets" + File.separator + "Skin Spectra.ijm";
if (!File.exists(toolset))
	exit("The toolset is not in its place:\n" + toolset);
run("Install...", "install=[" + toolset + "]");
