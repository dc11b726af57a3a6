// Maps of the skin indices of every cube in a folder, and one table of their means: over the picture,
// or over the region in a .roi of the cube's name beside it (arm-cube.roi for arm-cube.tif).
// The indices are inferred from 4 channels and not clinically validated.
//
// In Fiji: open and press Run. From a shell:
//   fiji --headless --run Skin_Indices_Folder.ijm "cubes='/data/cubes',maps='/data/maps',index='all'"
#@ File (label = "Folder of cubes", style = "directory") cubes
#@ File (label = "Folder for maps and table", style = "directory") maps
#@ String (label = "Index", value = "all", persist = false, description = "all, or keys with commas between them") index

var table = "Image,Region,Index,Pixels,Mean,SD\n";

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
	if (indices(names[i]))
		done++;
	else
		failed++;
	// Written after every cube: nothing is lost when the run ends early.
	File.saveString(table, maps + File.separator + "skin-indices.csv");
}
showProgress(1);
if (done + failed == 0)
	exit("There are no cubes (.tif) in " + cubes);
print("" + done + " cubes measured, " + failed + " failed: " + maps + File.separator + "skin-indices.csv");

// Maps and rows of one cube; false if there are none.
function indices(name) {
	before = nImages;
	open(cubes + File.separator + name);
	cube = getImageID();
	base = substring(name, 0, lastIndexOf(name, "."));
	run("Skin Indices...", "image=" + cube + " index=[" + index + "]");
	made = getImageID() != cube;
	if (made) {
		saveAs("Tiff", maps + File.separator + base + "-indices.tif");
		for (slice = 1; slice <= nSlices; slice++) {
			setSlice(slice);
			measure(name, base);
		}
	} else
		print("Not measured: " + name);
	// Only what this opened; images that were open stay.
	while (nImages > before)
		close();
	return made;
}

// The row of the map that is shown. NaN, where an index has no value, does not count.
function measure(name, base) {
	region = "all";
	if (File.exists(cubes + File.separator + base + ".roi")) {
		open(cubes + File.separator + base + ".roi");
		region = base + ".roi";
	}
	label = getInfo("slice.label");
	getStatistics(area, mean, min, max, deviation);
	table = table + "\"" + name + "\",\"" + region + "\",\"" + label + "\","
		+ getValue("Area raw") + "," + d2s(mean, 4) + "," + d2s(deviation, 4) + "\n";
	run("Select None");
}
