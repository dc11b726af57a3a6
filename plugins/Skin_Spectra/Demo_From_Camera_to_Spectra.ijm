// The whole way without any hardware: the built-in demo camera takes its references and a picture,
// the picture is calibrated and reconstructed, and shown as the eye would see it.
// Read it as an example; every line is what the macro recorder writes for a menu entry.
#@ File (label = "New folder for the session", style = "directory") session

run("Connect Camera...", "rig=demo-two-cameras");
run("Take References...", "session=[" + session + "]");
run("Capture...", "session=[" + session + "] count=1");
run("Calibrate Session...", "session=[" + session + "]");
run("Reconstruct Spectra...", "model=default device=auto");
spectra = getTitle();
run("True Colour...", "image=[" + spectra + "] illuminant=D65");
run("Disconnect Camera");
