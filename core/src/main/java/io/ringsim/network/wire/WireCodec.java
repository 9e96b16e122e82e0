package io.ringsim.network.wire;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import com.fasterxml.jackson.dataformat.cbor.databind.CBORMapper;
import java.io.IOException;

/**
 * Values as CBOR and back. May be used from any thread.
 *
 * <p>No names of classes or parts are written, so both sides must know the same shape:
 *
 * <ul>
 *   <li>A <em>record</em> is the array of its parts in order; a record of one part is that part alone.
 *   <li>A <em>value class</em>, that is a final class with one constructor whose parameters have its fields' names, is
 *       written as a record of those fields would be.
 *   <li>A value whose declared type is <em>sealed</em> is an array of its kind's simple name and itself.
 *   <li>Tokens and bytes have shorter forms of their own; a partition is written as its content; an {@code Optional} is an array of at most one; what the JDK
 *       has otherwise (numbers, texts, enums, lists, maps, arrays) is what Jackson makes of it.
 *   <li>Nothing may be null.
 * </ul>
 */
public final class WireCodec {
    private static final int NESTING_MAX = 64;
    private static final int NUMBER_LENGTH_MAX = 1_000;

    private final ObjectMapper mapper;

    /**
     * A codec.
     *
     * @param valueBytesMax the most bytes a value has that is read
     */
    public WireCodec(int valueBytesMax) {
        var limits = StreamReadConstraints.builder()
                .maxDocumentLength(valueBytesMax)
                .maxStringLength(valueBytesMax)
                .maxNestingDepth(NESTING_MAX)
                .maxNumberLength(NUMBER_LENGTH_MAX)
                .build();
        mapper = CBORMapper.builder(
                        CBORFactory.builder().streamReadConstraints(limits).build())
                .addModule(new ValueModule())
                .enable(MapperFeature.USE_STATIC_TYPING)
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .build();
    }

    /**
     * The bytes of a value, read again as the value's own class.
     *
     * @throws IllegalArgumentException when the value, or one within it, has no form on the wire; says which
     */
    public byte[] write(Object value) {
        try {
            return mapper.writerFor(value.getClass()).writeValueAsBytes(value);
        } catch (JsonProcessingException noForm) {
            throw new IllegalArgumentException(
                    value.getClass().getName() + " cannot be written: " + noForm.getOriginalMessage(), noForm);
        }
    }

    /**
     * The value of those bytes.
     *
     * @throws UnreadableException when they are not the bytes of such a value, or the class refuses its parts
     */
    public <T> T read(Class<T> type, byte[] bytes) throws UnreadableException {
        T value;
        try {
            value = mapper.readerFor(type).readValue(bytes);
        } catch (JsonProcessingException wrong) {
            throw new UnreadableException(type.getSimpleName() + " is unreadable: " + wrong.getOriginalMessage());
        } catch (IOException | RuntimeException wrong) { // foreign bytes: whatever a parser makes of them is no bug
            throw new UnreadableException(type.getSimpleName() + " is unreadable: " + wrong);
        }
        if (value == null) {
            throw new UnreadableException(type.getSimpleName() + " is unreadable: it is null");
        }
        return value;
    }
}
