package dev.sallyport.audit;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** The folder of the log: the one place where a disk can lie, hang or fail. */
interface LogFiles extends Closeable {

    /** A segment as it lies there. */
    record Stored(String name, long bytes, Instant modifiedAt) {}

    /** The segments, in the order of their names, which is that of the log. */
    List<Stored> segments() throws IOException;

    /** A new, empty segment. Its name is on stable storage when this returns. */
    LogFile create(String name) throws IOException;

    LogFile open(String name) throws IOException;

    /** A file that is no segment yet; what an earlier attempt left under that name is used again. */
    LogFile openOrCreate(String name) throws IOException;

    /** Gives a file another name, which is on stable storage when this returns. */
    void rename(String from, String to) throws IOException;

    /** The size of a file; empty if there is none of that name. */
    OptionalLong sizeOf(String name) throws IOException;

    /** Bytes that this file system can still take. */
    long free() throws IOException;

    void delete(String name) throws IOException;

    /** The content of a small file. */
    Optional<byte[]> read(String name) throws IOException;

    /** Replaces a small file whole, or not at all. It is on stable storage when this returns. */
    void replace(String name, byte[] content) throws IOException;

    /** One open segment. */
    interface LogFile extends Closeable {

        /** Fills a range with zeros. */
        void preallocate(long from, long to) throws IOException;

        void write(ByteBuffer bytes, long position) throws IOException;

        /** Returns when everything written so far is on stable storage. */
        void force() throws IOException;

        /** Reads what is there, up to the room in the buffer; -1 at the end. */
        int read(ByteBuffer into, long position) throws IOException;

        long size() throws IOException;

        void truncate(long size) throws IOException;
    }
}
