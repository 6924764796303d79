package dev.sallyport.leak;

import dev.sallyport.http.OpenHandler;
import dev.sallyport.http.Reply;
import dev.sallyport.http.Request;
import dev.sallyport.http.Response;
import dev.sallyport.secret.CredentialForm;
import java.util.List;
import java.util.stream.Stream;

/** {@code GET /sallyport/v1/leaks/patterns}: what a scanner needs to know of our credentials. */
final class ListPatternsHandler implements OpenHandler {

    record PatternsJson(List<PatternJson> patterns, String checksumRule) {}

    record PatternJson(String kind, String prefix, String regex, boolean hasChecksum, String example) {}

    private final PatternsJson patterns;

    /** @param brand the first letters of every prefix */
    ListPatternsHandler(String brand) {
        patterns = new PatternsJson(
                Stream.of(CredentialForm.values())
                        .map(form -> json(form, brand))
                        .toList(),
                CredentialForm.CHECKSUM);
    }

    private static PatternJson json(CredentialForm form, String brand) {
        return new PatternJson(
                form.code(), form.prefix(brand), form.regex(brand), form.hasChecksum(), form.example(brand));
    }

    @Override
    public Response handle(Request request) {
        return Reply.ok(patterns);
    }
}
