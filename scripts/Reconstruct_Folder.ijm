// Reconstructs every image of a folder: a 61-band cube and a true-colour picture of each, and one
// table of what was done. Images are canonical reflectance, R, G, B and 960 nm, as Calibrate Session
// writes them (.tif), or .mat and ENVI (.hdr).
//
// In Fiji: open and press Run. From a shell:
//   fiji --headless --run Reconstruct_Folder.ijm "input_folder='/data/arms',output_folder='/data/cubes',model='default',device='auto'"
//
// Cubes that are there already are not made again, so a stopped run goes on when it is started
// again. An image that fails is listed and does not stop the others.
#@ File (label = "Folder of images", style = "directory") input_folder
#@ File (label = "Folder for cubes", style = "directory") output_folder
#@ String (label = "Model", value = "default", persist = false, description = "default, wiener, or a file of weights") model
#@ String (label = "Device", choices = {"auto", "cpu", "gpu"}, value = "auto", persist = false) device

setBatchMode(true);
File.makeDirectory(output_folder);
if (!File.isDirectory(output_folder))
	exit("Cannot make the folder " + output_folder);
// Tried before the work: a folder that cannot be written would lose every cube.
trial = output_folder + File.separator + "trial-of-writing.txt";
ignored = File.saveString("", trial);
if (!File.exists(trial))
	exit("Cannot write into the folder " + output_folder);
ok = File.delete(trial);

table = "Image,Cube,Seconds,Result\n";
done = 0;
skipped = 0;
failed = 0;
names = getFileList(input_folder);
for (i = 0; i < names.length; i++) {
	if (!isImage(names[i]))
		continue;
	showProgress(i, names.length);
	cube = output_folder + File.separator + withoutExtension(names[i]) + "-cube.tif";
	if (File.exists(cube)) {
		skipped++;
		table = table + row(names[i], cube, "", "was there");
		File.saveString(table, output_folder + File.separator + "reconstructed.csv");
		continue;
	}
	start = getTime();
	if (reconstruct(input_folder + File.separator + names[i], cube)) {
		done++;
		table = table + row(names[i], cube, d2s((getTime() - start) / 1000, 1), "reconstructed");
	} else {
		failed++;
		table = table + row(names[i], "", "", "failed; the log says why");
	}
	// Written after every image: nothing is lost when the run ends early.
	File.saveString(table, output_folder + File.separator + "reconstructed.csv");
}
showProgress(1);
if (done + skipped + failed == 0)
	exit("There are no images (.tif, .hdr, .mat) in " + input_folder);
print("" + done + " reconstructed, " + skipped + " were there, " + failed + " failed: "
	+ output_folder + File.separator + "reconstructed.csv");

// One image; false if there is no cube, whatever the reason.
function reconstruct(image, cube) {
	before = nImages;
	run("Reconstruct Spectra...", "input=[" + image + "] model=[" + model + "] device=" + device);
	if (nImages == before) {
		print("Not reconstructed: " + image);
		return false;
	}
	spectra = getImageID();
	// Under another name until it is whole, so that half a cube never counts as done.
	unfinished = replace(cube, "-cube.tif", "-unfinished.tif");
	saveAs("Tiff", unfinished);
	ok = File.rename(unfinished, cube);
	if (!File.exists(cube)) {
		print("Not saved: " + cube);
		while (nImages > before)
			close();
		return false;
	}
	run("True Colour...", "image=" + spectra + " illuminant=D65");
	if (getImageID() != spectra)
		saveAs("PNG", replace(cube, "-cube.tif", "-true-colour.png"));
	// Only what this made; images that were open stay.
	while (nImages > before)
		close();
	return true;
}

function isImage(name) {
	return matches(toLowerCase(name), ".*\\.(tif|tiff|hdr|mat)");
}

function withoutExtension(name) {
	return substring(name, 0, lastIndexOf(name, "."));
}

// A row of the table; texts in quotes, for names with commas.
function row(image, cube, seconds, result) {
	return "\"" + image + "\",\"" + File.getName(cube) + "\"," + seconds + "," + result + "\n";
}
