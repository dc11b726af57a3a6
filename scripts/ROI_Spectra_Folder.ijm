// Mean spectrum and standard deviation of every ROI of every cube (.tif) in a folder, in one table.
// The ROIs of arm-cube.tif are, the first that there is: arm-cube.zip (a set saved by the ROI
// Manager) or arm-cube.roi beside it, the overlay or the ROI saved in the cube's own file, the ROIs
// given for all. A cube without any is left out and listed.
//
// In Fiji: open and press Run. From a shell:
//   fiji --headless --run ROI_Spectra_Folder.ijm "cubes='/data/cubes',rois_for_all='',output='/data/roi-spectra.csv'"
// Sets of ROIs (.zip) go through the ROI Manager, which needs a display.
#@ File (label = "Folder of cubes", style = "directory") cubes
#@ File (label = "ROIs for cubes that have none (optional)", style = "file", required = false) rois_for_all
#@ File (label = "Table to write", style = "save") output

var table = "";
var rows = 0;

// Not asked where it is closed: without a display there is none.
if (isOpen("ROI Manager")) {
	if (roiManager("count") > 0)
		exit("The ROI Manager holds ROIs. Save and delete them first; this macro puts others there.");
}
setBatchMode(true);
names = getFileList(cubes);
for (i = 0; i < names.length; i++) {
	if (!endsWith(names[i], ".tif"))
		continue;
	showProgress(i, names.length);
	before = nImages;
	// A file that is no image goes to the log and does not end the macro.
	IJ.redirectErrorMessages();
	open(cubes + File.separator + names[i]);
	if (nImages > before)
		measure(getImageID(), names[i]);
	else
		print("Not an image: " + names[i]);
	// Only what this opened; images that were open stay.
	while (nImages > before)
		close();
}
showProgress(1);
if (rows == 0)
	exit("No ROI of a cube was measured in " + cubes);
File.saveString(table, output);
print("" + rows + " spectra: " + output);

// Adds the rows of one cube, under one header for all.
function measure(cube, name) {
	regions = regionsOf(cubes + File.separator + substring(name, 0, lastIndexOf(name, ".")));
	if (regions == "") {
		print("No ROIs, left out: " + name);
		return;
	}
	one = output + ".one-cube.csv";
	run("ROI Spectra...", "image=" + cube + " regions=" + regions + " csv=[" + one + "]");
	if (regions == "manager")
		roiManager("reset");
	if (!File.exists(one)) {
		print("Not measured: " + name);
		return;
	}
	lines = split(File.openAsString(one), "\n");
	ok = File.delete(one);
	if (table == "")
		table = lines[0] + "\n";
	for (j = 1; j < lines.length; j++) {
		table = table + lines[j] + "\n";
		rows++;
	}
}

// Where ROI Spectra finds the ROIs of the cube in front; nothing if there are none.
function regionsOf(base) {
	rois = "" + rois_for_all;
	if (selectionType() != -1)
		rois = "active";
	if (Overlay.size > 0)
		rois = "overlay";
	if (File.exists(base + ".roi"))
		rois = base + ".roi";
	if (File.exists(base + ".zip"))
		rois = base + ".zip";
	if (endsWith(rois, ".zip")) {
		roiManager("open", rois);
		rois = "manager";
	}
	if (endsWith(rois, ".roi")) {
		open(rois);
		rois = "active";
	}
	if (matches(rois, "manager|overlay|active"))
		return rois;
	return "";
}
