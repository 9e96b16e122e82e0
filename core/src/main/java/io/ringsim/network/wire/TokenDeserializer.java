package io.ringsim.network.wire;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import io.ringsim.ring.Token;
import java.io.IOException;
import java.math.BigInteger;
import java.util.HexFormat;

/** Reads what {@link TokenSerializer} writes. */
final class TokenDeserializer extends JsonDeserializer<Token> {
    @Override
    public boolean isCachable() {
        return true;
    }

    @Override
    public Token deserialize(JsonParser in, DeserializationContext context) throws IOException {
        if (in.currentToken() == JsonToken.VALUE_NUMBER_INT) {
            return new Token.LongToken(in.getLongValue());
        }
        if (in.currentToken() == JsonToken.VALUE_STRING) {
            return new Token.StringToken(in.getText());
        }
        if (in.currentToken() == JsonToken.VALUE_EMBEDDED_OBJECT) {
            return new Token.BytesToken(HexFormat.of().formatHex(in.getBinaryValue()));
        }
        if (in.isExpectedStartArrayToken() && in.nextToken() == JsonToken.VALUE_EMBEDDED_OBJECT) {
            var bytes = in.getBinaryValue();
            if (bytes.length > 0 && in.nextToken() == JsonToken.END_ARRAY) {
                return new Token.BigIntegerToken(new BigInteger(bytes));
            }
        }
        throw JsonMappingException.from(in, "a token of no kind known here");
    }
}
