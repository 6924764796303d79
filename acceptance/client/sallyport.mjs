// What the scenarios share: the unmodified Datadog client pointed at one server, and the exchange with the test, which writes
// one JSON object to standard input and reads one from standard output.
import { readFileSync } from "node:fs";
import datadog from "@datadog/datadog-api-client";

export const { client, v2 } = datadog;

export const input = JSON.parse(readFileSync(0, "utf8"));

export function say(facts) {
  process.stdout.write(JSON.stringify(facts));
}

export function configuration(authMethods) {
  return client.createConfiguration({
    baseServer: new client.BaseServerConfiguration(input.url, {}),
    authMethods,
  });
}

export const asBearer = (token) => configuration({ AuthZ: { accessToken: token } });

export const asApplicationKey = (token) => configuration({ appKeyAuth: token });

/** What the client makes of a refusal. A call that passes is a refusal that did not come, and says so. */
export async function refusal(call) {
  try {
    return { passed: await call };
  } catch (error) {
    return {
      kind: error.constructor.name,
      status: error.code,
      errors: error.body?.errors,
      raw: typeof error.body === "string" ? error.body : undefined,
    };
  }
}

export const days = (number) => new Date(Math.floor(Date.now() / 1000) * 1000 + number * 86_400_000);

export function tokenRequest(name, scopes, expiresAt) {
  return {
    body: { data: { type: "personal_access_tokens", attributes: { name, scopes, expiresAt } } },
  };
}
