package org.skinspectra.session;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.skinspectra.Sha256;

/**
 * What was computed from a session, on disk: each result in a folder of its own, with a {@link
 * SessionManifest#PROVENANCE} that says what it was computed from.
 */
final class ResultFolder {

  private static final Gson GSON =
      new GsonBuilder().disableHtmlEscaping().setPrettyPrinting().create();

  private final SessionFolder session;

  ResultFolder(SessionFolder session) {
    this.session = session;
  }

  /**
   * Stores a result, whole or not at all; see {@link SessionWriter#addDerived}.
   *
   * @param manifest of the session now
   */
  DerivedResult store(
      SessionManifest manifest,
      String name,
      List<StoredFrame> inputs,
      JsonObject parameters,
      SessionWriter.Content content)
      throws IOException {
    Disk disk = session.disk();
    Path all = session.inner(SessionManifest.DERIVED);
    disk.makeFolder(all);
    Path temporary = SessionFolder.unfinishedIn(all);
    disk.makeFolder(temporary);
    content.writeTo(temporary);
    OffsetDateTime now = OffsetDateTime.now();
    byte[] provenance = provenance(manifest, now, inputs, parameters, filesOf(temporary, "."));
    disk.write(temporary.resolve(SessionManifest.PROVENANCE), ByteBuffer.wrap(provenance));
    for (Path file : SessionContents.entries(temporary)) {
      disk.force(file);
    }
    disk.forceFolder(temporary);
    String path =
        String.format(
            Locale.ROOT,
            "%s/%03d-%s",
            SessionManifest.DERIVED,
            1 + SessionFolder.highestNumberIn(all),
            name);
    List<StoredFile> files = filesOf(temporary, path);
    disk.rename(temporary, session.inner(path));
    disk.forceFolder(all);
    return new DerivedResult(path, now, files);
  }

  private static byte[] provenance(
      SessionManifest manifest,
      OffsetDateTime made,
      List<StoredFrame> inputs,
      JsonObject parameters,
      List<StoredFile> files) {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("session", manifest.id().toString());
    all.put("made", made.toString());
    all.put("software", SessionSetup.software(Map.of()));
    all.put("inputs", inputs.stream().map(frame -> ManifestText.json(frame.file())).toList());
    all.put(
        "documents", manifest.documents().stream().map(d -> ManifestText.json(d.file())).toList());
    all.put("parameters", parameters);
    all.put(
        "files",
        files.stream()
            .map(
                file ->
                    ManifestText.json(
                        new StoredFile(file.path().substring(2), file.length(), file.sha256())))
            .toList());
    return (GSON.toJson(all) + "\n").getBytes(StandardCharsets.UTF_8);
  }

  /**
   * All files of a result; the provenance first.
   *
   * @param path that theirs begin with
   * @throws IOException if something else than plain files with plain names is in the folder
   */
  static List<StoredFile> filesOf(Path folder, String path) throws IOException {
    List<StoredFile> files = new ArrayList<>();
    for (Path file : SessionContents.entries(folder)) {
      String name = file.getFileName().toString();
      if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
          || !name.matches(SessionManifest.NAME)) {
        throw new IOException("a result holds plain files with plain names, not " + name);
      }
      StoredFile stored = new StoredFile(path + "/" + name, Files.size(file), Sha256.of(file));
      files.add(name.equals(SessionManifest.PROVENANCE) ? 0 : files.size(), stored);
    }
    return files;
  }
}
