package io.riskstream.testkit;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.AccessDeniedException;
import org.apache.flink.core.fs.FSDataInputStream;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.FileSystemFactory;
import org.apache.flink.core.fs.Path;
import org.apache.flink.core.fs.local.LocalFileSystem;

/**
 * A file system of which every file is in a trouble that its address names: {@code
 * troubled://denied/…}, {@code locked}, {@code hadoop}, {@code busy} or {@code away}.
 */
public final class TroubledFileSystem extends LocalFileSystem {
  /** Finds it by its scheme; named in META-INF/services. */
  public static final class Factory implements FileSystemFactory {
    @Override
    public String getScheme() {
      return "troubled";
    }

    @Override
    public FileSystem create(URI address) {
      return new TroubledFileSystem();
    }
  }

  /** As Hadoop names what it refuses. */
  private static final class AccessControlException extends IOException {
    private static final long serialVersionUID = 1L;

    AccessControlException(String message) {
      super(message);
    }
  }

  @Override
  public FileStatus getFileStatus(Path path) throws IOException {
    var trouble = path.toUri().getHost();
    return switch (trouble) {
      case "denied" -> throw new AccessDeniedException(path.toString());
      case "hadoop" -> throw new IOException(new AccessControlException("Permission denied: user"));
      case "away" -> throw new IOException("connection refused");
      default -> new SmallFile(path);
    };
  }

  /** As the operating system says it. */
  @Override
  public FSDataInputStream open(Path path) throws IOException {
    throw new FileNotFoundException(
        path
            + (path.toUri().getHost().equals("locked")
                ? " (Permission denied)"
                : " (Too many open files)"));
  }

  private record SmallFile(Path getPath) implements FileStatus {
    @Override
    public long getLen() {
      return 1;
    }

    @Override
    public long getBlockSize() {
      return 1;
    }

    @Override
    public short getReplication() {
      return 1;
    }

    @Override
    public long getModificationTime() {
      return 0;
    }

    @Override
    public long getAccessTime() {
      return 0;
    }

    @Override
    public boolean isDir() {
      return false;
    }
  }
}
