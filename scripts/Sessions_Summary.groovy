// Calibrates and reconstructs every session in a folder and writes one summary:
// the cube of each session, its size and model, the mean of every skin index over the picture, and
// what went wrong where. Goes on after a bad session; the cube of a session that is there is measured
// and not made again.
//
// In Fiji: open and press Run. From a shell:
//   fiji --headless --run Sessions_Summary.groovy "sessions='/data/sessions',output='/data/cubes',model='default',device='auto'"
#@ File (label = "Folder of sessions", style = "directory") sessions
#@ File (label = "Folder for cubes and summary", style = "directory") output
#@ String (label = "Model", value = "default", persist = false) model
#@ String (label = "Device", choices = {"auto", "cpu", "gpu"}, value = "auto", persist = false) device
#@ CommandService commands

import ij.IJ
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

/** Written after every session: nothing is lost when the run ends early. */
def summary = new File(output, "sessions.csv")
def write = {
    def columns = rows.collectMany { it.keySet() }.unique()
    summary.setText(([columns] + rows.collect { row -> columns.collect { row[it] == null ? "" : row[it] } })
        .collect { it.collect(quoted).join(",") }.join("\n") + "\n", "UTF-8")
}

def folders = (sessions.listFiles() ?: []).findAll { CaptureSession.isIn(it.toPath()) }.sort()
if (!folders) throw new FileNotFoundException("There is no session in $sessions")
// Tried before the work.
write()
for (folder in folders) {
    def cubeFile = new File(output, folder.name + "-cube.tif")
    def row = [session: folder.name]
    try {
        def there = cubeFile.exists()
        def cube
        if (there) {
            cube = IJ.openImage(cubeFile.path)
            if (cube == null) throw new IOException("Cannot read $cubeFile; delete it to make it again")
        } else {
            def canonical = image(menu("Calibrate Session...", [session: folder]))
            cube = image(menu("Reconstruct Spectra...", [image: canonical, model: model, device: device]))
        }
        def indices = menu("Skin Indices...", [image: cube, index: "all"]).table
        if (!there) save(cube, cubeFile)
        row.width = cube.width
        row.height = cube.height
        for (n in 0..<indices.size()) {
            def name = indices.getStringValue("Index", n) + " (" + indices.getStringValue("Unit", n) + ")"
            row[name] = indices.getValue("Mean", n)
        }
        row.result = there ? "was there" : "reconstructed"
    } catch (Exception problem) {
        row.result = "failed: " + problem.message
    }
    rows << row
    write()
    println "$row.session: $row.result"
}
println "${rows.size()} sessions: $summary"
