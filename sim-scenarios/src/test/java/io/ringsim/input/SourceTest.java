package io.ringsim.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourceTest {
    @Test
    void readsUtf8AndUtf16WithTheirMarks() {
        assertThat(Source.decoded("x", "a\r\nb\r\n".getBytes(StandardCharsets.UTF_8))
                        .lines())
                .containsExactly("a", "b");
        assertThat(Source.decoded("x", "\uFEFFa\nb".getBytes(StandardCharsets.UTF_8))
                        .lines())
                .containsExactly("a", "b");
        assertThat(Source.decoded("x", "\uFEFFa\r\nb".getBytes(StandardCharsets.UTF_16LE))
                        .lines())
                .containsExactly("a", "b");
        assertThat(Source.decoded("x", "\uFEFFa".getBytes(StandardCharsets.UTF_16BE))
                        .lines())
                .containsExactly("a");
    }

    @Test
    void refusesWhatIsNoText() {
        assertThatThrownBy(() -> Source.decoded("x", new byte[0]))
                .isInstanceOf(BadInput.class)
                .hasMessageStartingWith("x: is empty");
        assertThatThrownBy(() -> Source.decoded("x", new byte[] {'a', 0, 'b'}))
                .hasMessageStartingWith("x: is binary (a zero byte at offset 1)");
        assertThatThrownBy(() -> Source.decoded("x", new byte[] {'a', (byte) 0xC3, '('}))
                .hasMessageStartingWith("x: is not a text in UTF-8");
    }

    @Test
    void refusesFilesThatAreNotThereOrTooLarge(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("f");
        Files.writeString(file, "12345");

        assertThat(Source.read(file, 5).lines()).containsExactly("12345");
        assertThatThrownBy(() -> Source.read(file, 4))
                .hasMessageContaining("is 5 bytes, more than the 4 that are read");
        assertThatThrownBy(() -> Source.read(folder.resolve("g"))).hasMessageContaining("no such file");
        assertThatThrownBy(() -> Source.read(folder)).hasMessageContaining("is a directory");
    }

    @Test
    void keepsControlCharactersFromTheTerminal() {
        var problem = new Problem("f\u001B[2J", 1, 3, 1, false, "what\u0007", "", "ab\u001Bc");

        assertThat(problem.toString()).doesNotContain("\u001B").doesNotContain("\u0007");
    }

    @Test
    void showsAWindowOfALongLine() {
        var problem = new Problem("f", 1, 5001, 3, false, "what", "", "x".repeat(5000) + "abc" + "y".repeat(5000));
        String[] shown = problem.toString().split("\n", -1);

        assertThat(shown[1]).hasSizeLessThan(120);
        assertThat(shown[1].charAt(shown[2].indexOf('^'))).isEqualTo('a');
    }
}
