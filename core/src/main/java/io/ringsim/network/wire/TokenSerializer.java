package io.ringsim.network.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import io.ringsim.ring.Token;
import java.io.IOException;
import java.util.HexFormat;

/** Writes a token: a number, a text or bytes by its kind; of a big integer the bytes within an array. */
final class TokenSerializer extends JsonSerializer<Token> {
    @Override
    public void serialize(Token token, JsonGenerator out, SerializerProvider provider) throws IOException {
        if (token instanceof Token.LongToken number) {
            out.writeNumber(number.value());
        } else if (token instanceof Token.StringToken text) {
            out.writeString(text.value());
        } else if (token instanceof Token.BytesToken bytes) {
            out.writeBinary(HexFormat.of().parseHex(bytes.hex()));
        } else if (token instanceof Token.BigIntegerToken number) {
            out.writeStartArray(token, 1);
            out.writeBinary(number.value().toByteArray());
            out.writeEndArray();
        } else {
            throw new IllegalArgumentException("a token of a new kind: " + token.getClass());
        }
    }
}
