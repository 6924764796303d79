package dev.sallyport.bench;

/** What people see while they wait. */
final class Progress {

    private Progress() {}

    static void say(String what) {
        System.err.println("bench: " + what);
    }
}
