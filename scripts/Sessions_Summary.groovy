// Calibrates and reconstructs every session in a folder and writes one summary:
// the cube of each session, its size and model, the mean of every skin index over the picture, and
// what went wrong where. Goes on after a bad session; a session whose cube is there is left alone.
//
// In Fiji: open and press Run. From a shell:
//   fiji --headless --run Sessions_Summary.groovy "sessions='/data/sessions',output='/data/cubes',model='default',device='auto'"
#@ File (label = "Folder of sessions", style = "directory") sessions
#@ File (label = "Folder for cubes and summary", style = "directory") output
#@ String (label = "Model", value = "default", persist = false) model
#@ String (label = "Device", choices = {"auto", "cpu", "gpu"}, value = "auto", persist = false) device
#@ CommandService commands

import ij.ImagePlus
import ij.io.FileSaver
import java.nio.file.Files
import java.nio.file.StandardCopyOption
import org.skinspectra.session.CaptureSession

/** Runs a menu entry, waits for it and gives its outputs; an error if it gave up. */
def menu = { String entry, Map inputs ->
    def command = commands.commands.find { it.menuPath.size() > 1 && it.menuPath.leaf.name == entry }
    if (command == null) throw new IllegalStateException("There is no menu entry $entry")
    def module = commands.run(command, true, inputs).get()
    if (module.canceled) throw new IllegalStateException(module.cancelReason ?: "$entry was cancelled")
    module.outputs
}

/** The first image among the outputs of a menu entry. */
def image = { Map outputs -> outputs.values().find { it instanceof ImagePlus } as ImagePlus }

/** Under another name until it is whole, so that half a cube never counts as done. */
def save = { ImagePlus picture, File file ->
    def unfinished = new File(file.parentFile, file.name + ".unfinished.tif")
    if (!new FileSaver(picture).saveAsTiff(unfinished.path)) throw new IOException("Cannot write $file")
    Files.move(unfinished.toPath(), file.toPath(), StandardCopyOption.REPLACE_EXISTING)
}

def quoted = { text -> '"' + text.toString().replace('"', '""') + '"' }

output.mkdirs()
if (!output.directory) throw new IOException("Cannot make the folder $output")
def rows = []
def folders = (sessions.listFiles() ?: []).findAll { CaptureSession.isIn(it.toPath()) }.sort()
for (folder in folders) {
    def cubeFile = new File(output, folder.name + "-cube.tif")
    if (cubeFile.exists()) {
        rows << [session: folder.name, result: "was there"]
        continue
    }
    def row = [session: folder.name]
    try {
        def canonical = image(menu("Calibrate Session...", [session: folder]))
        def cube = image(menu("Reconstruct Spectra...", [image: canonical, model: model, device: device]))
        def indices = menu("Skin Indices...", [image: cube, index: "all"]).table
        save(cube, cubeFile)
        row.width = cube.width
        row.height = cube.height
        for (n in 0..<indices.size()) {
            def name = indices.getStringValue("Index", n) + " (" + indices.getStringValue("Unit", n) + ")"
            row[name] = indices.getValue("Mean", n)
        }
        row.result = "reconstructed"
    } catch (Exception problem) {
        row.result = "failed: " + problem.message
    }
    rows << row
    println "$row.session: $row.result"
}

def columns = rows.collectMany { it.keySet() }.unique()
def summary = new File(output, "sessions.csv")
summary.setText(([columns] + rows.collect { row -> columns.collect { row[it] ?: "" } })
    .collect { it.collect(quoted).join(",") }.join("\n") + "\n", "UTF-8")
println "${rows.size()} sessions: $summary"
