package dev.sallyport.catalogue;

import dev.sallyport.permission.Accepts;
import dev.sallyport.permission.Permission;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** An operation as its document declares it; what is stored. */
record DeclaredOperation(
        String id,
        String method,
        String template,
        Declaration declaration,
        @Nullable Meaning meaning) {

    DeclaredOperation(String id, String method, String template, Declaration declaration) {
        this(id, method, template, declaration, null);
    }

    Operation toOperation(Function<String, Permission> permissions) {
        return new Operation(
                id,
                method,
                template,
                declaration.toRequirement(method, permissions),
                declaration instanceof Declaration.Open ? Accepts.NOBODY_NEEDED : Accepts.TOKENS_AND_KEYS,
                meaning);
    }
}
