// What an upstream does with the assertion that a gateway hands it.
import { createRemoteJWKSet, errors, jwtVerify } from "jose";
import { input, say } from "./sallyport.mjs";

const keys = createRemoteJWKSet(new URL("/.well-known/jwks.json", input.url));
try {
  const { payload, protectedHeader } = await jwtVerify(input.assertion, keys, {
    issuer: input.issuer,
    audience: input.audience,
  });
  say({ verified: true, payload, header: protectedHeader });
} catch (error) {
  if (!(error instanceof errors.JOSEError)) {
    throw error;
  }
  say({ verified: false, code: error.code });
}
