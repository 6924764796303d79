package dev.sallyport.jose;

/** Sealed bytes that do not open: this node has another key-encryption key, or the row was changed. Starting stops here. */
public final class SealBroken extends RuntimeException {

    private static final long serialVersionUID = 1L;

    SealBroken(KeyEncryption.Place place) {
        super(
                "The column " + place.column() + " of " + place.table() + " " + place.row()
                        + " does not open with this node's key-encryption key. Put back the key file that belongs to this database.");
    }
}
