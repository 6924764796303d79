package dev.sallyport.audit;

/** When an allowed call is answered. */
public enum Durability {
    /** Once its record is on stable storage. */
    STRICT,
    /** At once, while the records that are not yet there are few and young: a power cut may lose those. */
    BOUNDED
}
