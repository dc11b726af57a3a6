// Buttons for the day at the camera: connect, look, capture, reconstruct, ROI spectra.
// Belongs into Fiji.app/macros/toolsets. Choose "Skin Spectra" from the >> at the right end of the
// tool bar, or Plugins > Skin Spectra > Install Toolset.
//
// The buttons use doCommand, not run: the entry then works as if chosen from the menu, so that the
// macro recorder sees it and no macro keeps running beside a long capture.

macro "Connect Camera Action Tool - C333F05faF5343CfffV5677C37bV6855" {
	doCommand("Connect Camera...");
}

macro "Live View Action Tool - C333R02fbF5e71C292H545cb800" {
	doCommand("Live View");
}

macro "Capture Action Tool - C333O11ddO22bbCd22V4488" {
	doCommand("Capture...");
}

macro "Reconstruct Spectra Action Tool - C33dF0099C2a2F3399Cd33F6699C333R6699" {
	doCommand("Reconstruct Spectra...");
}

macro "ROI Spectra Action Tool - C333L101eL1efeCd33P2b4a6788a3c2e30C37bO9855" {
	doCommand("ROI Spectra...");
}

// Everything else, behind one button.
var more = newMenu("More of Skin Spectra Menu Tool",
	newArray("Take References...", "Calibrate Session...", "Reconstruct Sessions...", "-",
	"True Colour...", "Skin Indices...", "Measure Spectral Angle...", "-",
	"Disconnect Camera", "Diagnostics..."));

macro "More of Skin Spectra Menu Tool - C333F1633F6633Fb633" {
	entry = getArgument();
	if (entry != "-")
		doCommand(entry);
}
