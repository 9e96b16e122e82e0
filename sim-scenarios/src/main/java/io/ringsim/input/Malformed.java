package io.ringsim.input;

/** A text that means nothing, with what would. */
public final class Malformed extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    private final String what;
    private final String remedy;

    public Malformed(String what, String remedy) {
        super(what + "; " + remedy);
        this.what = what;
        this.remedy = remedy;
    }

    public String what() {
        return what;
    }

    public String remedy() {
        return remedy;
    }
}
