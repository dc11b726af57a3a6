// Maps of the skin indices of every cube (.tif) in a folder, and one table of their values: in the
// region of a .roi of the cube's name beside it (arm-cube.roi for arm-cube.tif), or in the ROI saved
// in the cube's file, otherwise over the whole picture.
// The indices of a reconstructed cube are inferred from 4 channels and not clinically validated.
//
// In Fiji: open and press Run. From a shell:
//   fiji --headless --run Skin_Indices_Folder.ijm "cubes='/data/cubes',maps='/data/maps',index='all'"
#@ File (label = "Folder of cubes", style = "directory") cubes
#@ File (label = "Folder for maps and table", style = "directory") maps
#@ String (label = "Index", value = "all", persist = false, description = "all, or keys with commas between them") index

var table = "";

// Not asked where it is closed: without a display there is none.
if (isOpen("ROI Manager")) {
	if (roiManager("count") > 0)
		exit("The ROI Manager holds ROIs, which would be taken for those of every cube. Save and delete them first.");
}
setBatchMode(true);
File.makeDirectory(maps);
if (!File.isDirectory(maps))
	exit("Cannot make the folder " + maps);

done = 0;
failed = 0;
names = getFileList(cubes);
for (i = 0; i < names.length; i++) {
	if (!endsWith(names[i], ".tif"))
		continue;
	showProgress(i, names.length);
	before = nImages;
	// A file that is no image goes to the log and does not end the macro.
	IJ.redirectErrorMessages();
	open(cubes + File.separator + names[i]);
	made = false;
	if (nImages > before)
		made = measured(getImageID(), names[i]);
	if (made)
		done++;
	else {
		failed++;
		print("Not measured: " + names[i]);
	}
	// Only what this opened; images that were open stay.
	while (nImages > before)
		close();
	// Written after every cube: nothing is lost when the run ends early.
	if (table != "")
		File.saveString(table, maps + File.separator + "skin-indices.csv");
}
showProgress(1);
if (done + failed == 0)
	exit("There are no cubes (.tif) in " + cubes);
summary = "" + done + " cubes measured, " + failed + " failed";
if (done > 0)
	summary = summary + ": " + maps + File.separator + "skin-indices.csv";
print(summary);

// Maps and rows of one cube; false if there are none.
function measured(cube, name) {
	base = substring(name, 0, lastIndexOf(name, "."));
	if (File.exists(cubes + File.separator + base + ".roi"))
		open(cubes + File.separator + base + ".roi");
	one = maps + File.separator + base + ".one-cube.csv";
	run("Skin Indices...", "image=" + cube + " index=[" + index + "] csv=[" + one + "]");
	if (getImageID() == cube || !File.exists(one))
		return false;
	saveAs("Tiff", maps + File.separator + base + "-indices.tif");
	lines = split(File.openAsString(one), "\n");
	ok = File.delete(one);
	if (table == "")
		table = lines[0] + "\n";
	for (j = 1; j < lines.length; j++)
		table = table + lines[j] + "\n";
	return true;
}
