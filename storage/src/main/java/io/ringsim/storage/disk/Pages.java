package io.ringsim.storage.disk;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The bytes of a simulated file in pages of 4 KiB. Where nothing was written there is no page, and zeros are read. A page
 * that another {@code Pages} has too is copied before it is changed.
 */
final class Pages {
    static final int PAGE = 4096;

    /** Stands where there is no page, and is never written. */
    private static final byte[] HOLE = new byte[PAGE];

    private byte[][] pages = {};
    private int count;

    /** Pages there are. */
    int count() {
        return count;
    }

    boolean has(int index) {
        return page(index) != HOLE;
    }

    private byte[] page(int index) {
        return index < pages.length ? pages[index] : HOLE;
    }

    /** From now on the page is that of {@code other}. */
    void share(int index, Pages other) {
        set(index, other.page(index));
    }

    private void set(int index, byte[] page) {
        if (index >= pages.length) {
            if (page == HOLE) {
                return;
            }
            int length = pages.length;
            pages = Arrays.copyOf(pages, Math.max(index + 1, length * 2));
            Arrays.fill(pages, length, pages.length, HOLE);
        }
        count += (page == HOLE ? 0 : 1) - (pages[index] == HOLE ? 0 : 1);
        pages[index] = page;
    }

    void read(long position, int length, ByteBuffer into) {
        long at = position;
        int left = length;
        while (left > 0) {
            int within = (int) (at % PAGE);
            int some = Math.min(left, PAGE - within);
            into.put(page((int) (at / PAGE)), within, some);
            at += some;
            left -= some;
        }
    }

    /** Writes what fits the page; what {@code shared} also has is copied first. */
    void write(int index, int within, byte[] from, int offset, int length, Pages shared) {
        var page = page(index);
        if (page == HOLE || page == shared.page(index)) {
            page = page.clone();
            set(index, page);
        }
        System.arraycopy(from, offset, page, within, length);
    }

    /** Nothing is left from {@code size} on. */
    void truncate(long size, Pages shared) {
        int whole = (int) (size / PAGE);
        int within = (int) (size % PAGE);
        for (int i = pages.length - 1; i > whole; i--) {
            set(i, HOLE);
        }
        if (within == 0) {
            set(whole, HOLE);
        } else if (has(whole)) {
            write(whole, within, HOLE, 0, PAGE - within, shared);
        }
    }

    void flip(long position, int bit) {
        int index = (int) (position / PAGE);
        var page = page(index).clone();
        page[(int) (position % PAGE)] ^= (byte) (1 << bit);
        set(index, page);
    }

    /** The same bytes; they share all pages. */
    Pages copy() {
        var copy = new Pages();
        copy.pages = pages.clone();
        copy.count = count;
        return copy;
    }
}
