package dev.sallyport.credential;

/** Whether what a credential has minted, directly or not, goes with it. */
public enum Lineage {
    ALONE,
    WITH_DESCENDANTS
}
