package io.helpdeskexporter.source.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * What a file looks like from outside.
 *
 * @param key tells the file from another one of the same name (device and inode); empty where the
 *     file system has no such thing
 * @param bytes its size, before anything is unpacked
 */
record Look(String key, long bytes, long modifiedMillis) {
  static Look at(Path file) throws IOException {
    BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
    Object key = attributes.fileKey();
    return new Look(
        key == null ? "" : Digest.token(key.toString()),
        attributes.size(),
        attributes.lastModifiedTime().toMillis());
  }
}
