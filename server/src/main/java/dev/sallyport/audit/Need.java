package dev.sallyport.audit;

import java.util.List;

/**
 * What a refusal was about that lacked authority, in names: what they stood for may have changed when somebody asks why.
 *
 * @param required alternatives, each of them whole
 * @param held which of those the owner held, the scopes of the credential aside
 * @param missing what the nearest alternative lacked
 */
public record Need(List<List<String>> required, List<String> held, List<String> missing) {
    public Need {
        required = required.stream().map(List::copyOf).toList();
        held = List.copyOf(held);
        missing = List.copyOf(missing);
    }
}
