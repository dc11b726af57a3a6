// Reconstructs the image in front, canonical reflectance with the channels R, G, B and 960 nm,
// and plots the mean spectrum of a square in its middle.
#@ String (label = "Model", value = "default", persist = false) model
#@ Integer (label = "Side of the square (pixels)", value = 20, min = 1, persist = false) side

run("Reconstruct Spectra...", "model=[" + model + "] device=auto");
makeRectangle(floor((getWidth() - side) / 2), floor((getHeight() - side) / 2), side, side);
run("ROI Spectra...", "image=" + getImageID());
