// Mean spectrum and standard deviation of every ROI of every cube in a folder, in one table.
// The ROIs of arm-cube.tif are in arm-cube.zip (a set saved by the ROI Manager) or arm-cube.roi
// beside it; cubes without either are measured with the ROIs given for all, or left out.
//
// In Fiji: open and press Run. From a shell (a display is needed for sets of ROIs):
//   fiji --headless --run ROI_Spectra_Folder.ijm "cubes='/data/cubes',rois_for_all='',output='/data/roi-spectra.csv'"
#@ File (label = "Folder of cubes", style = "directory") cubes
#@ File (label = "ROIs for cubes that have none (optional)", style = "file", required = false) rois_for_all
#@ File (label = "Table to write", style = "save") output

setBatchMode(true);
var table = "";
var rows = 0;
names = getFileList(cubes);
for (i = 0; i < names.length; i++) {
	if (!endsWith(names[i], ".tif"))
		continue;
	showProgress(i, names.length);
	rois = roisOf(cubes + File.separator + names[i]);
	if (rois == "") {
		print("No ROIs for " + names[i] + ", left out.");
		continue;
	}
	before = nImages;
	open(cubes + File.separator + names[i]);
	roiManager("reset");
	roiManager("open", rois);
	append(measure(getImageID()), names[i]);
	// Only what this opened; images that were open stay.
	while (nImages > before)
		close();
}
showProgress(1);
if (rows == 0)
	exit("No ROI of a cube was measured in " + cubes);
File.saveString(table, output);
print("" + rows + " spectra: " + output);

// The table of one cube as text; nothing if it was refused.
function measure(cube) {
	one = output + ".one-cube.csv";
	run("ROI Spectra...", "image=" + cube + " csv=[" + one + "]");
	if (!File.exists(one))
		return "";
	text = File.openAsString(one);
	ok = File.delete(one);
	return text;
}

// Adds the rows of one cube under one header.
function append(text, name) {
	if (text == "") {
		print("Not measured: " + name);
		return;
	}
	lines = split(text, "\n");
	if (table == "")
		table = lines[0] + "\n";
	for (j = 1; j < lines.length; j++) {
		table = table + lines[j] + "\n";
		rows++;
	}
}

function roisOf(cube) {
	base = substring(cube, 0, lastIndexOf(cube, "."));
	if (File.exists(base + ".zip"))
		return base + ".zip";
	if (File.exists(base + ".roi"))
		return base + ".roi";
	if (File.exists("" + rois_for_all) && !File.isDirectory("" + rois_for_all))
		return "" + rois_for_all;
	return "";
}
