// What a resource server learns of credentials that it is handed, through an OAuth client that is not ours (RFC 7662).
import * as oauth from "oauth4webapi";
import { asBearer, configuration, days, input, say, tokenRequest, v2 } from "./sallyport.mjs";

const asKeyPair = configuration({ apiKeyAuth: input.apiKey, appKeyAuth: input.applicationKey });
const personal = new v2.KeyManagementApi(asBearer(input.token));
const accounts = new v2.ServiceAccountsApi(asKeyPair);
const roles = (await new v2.RolesApi(asBearer(input.token)).listRoles({ pageSize: 100 })).data;
const admin = roles.find((role) => role.attributes.name === "Datadog Admin Role").id;

const account = (
  await accounts.createServiceAccount({
    body: {
      data: {
        type: "users",
        attributes: { email: "resource-server@acme.example", name: "resource server", serviceAccount: true },
        relationships: { roles: { data: [{ id: admin, type: "roles" }] } },
      },
    },
  })
).data.id;
const serviceToken = async (name, scopes) =>
  (
    await accounts.createServiceAccountAccessToken({
      serviceAccountId: account,
      body: { data: { type: "service_access_tokens", attributes: { name, scopes } } },
    })
  ).data;
const personalToken = async (name, expiresAt) =>
  (await personal.createPersonalAccessToken(tokenRequest(name, ["monitors_read", "user_access_read"], expiresAt))).data;

// The resource server, with the one scope that it needs.
const caller = await serviceToken("introspects", ["org_app_keys_read"]);
const expiresAt = days(30);
const live = await personalToken("laptop", expiresAt);
const ofAccount = await serviceToken("deploy", ["monitors_read"]);
const applicationKey = (
  await new v2.KeyManagementApi(asKeyPair).createCurrentUserApplicationKey({
    body: { data: { type: "application_keys", attributes: { name: "legacy", scopes: ["monitors_read"] } } },
  })
).data;
const revoked = await personalToken("leaver", expiresAt);

const server = { issuer: input.url, introspection_endpoint: `${input.url}/oauth2/v1/introspect` };
// The endpoint takes a bearer token where others take a client secret (RFC 7662 §2.1).
const bearing = (token) => (_server, _client, _body, headers) => headers.set("authorization", `Bearer ${token}`);

async function introspect(token, authentication = bearing(caller.attributes.key)) {
  const client = { client_id: "resource-server" };
  const options = { [oauth.allowInsecureRequests]: true };
  const response = await oauth.introspectionRequest(server, client, authentication, token, options);
  return oauth.processIntrospectionResponse(server, client, response);
}

/** What the client makes of a refusal. A call that passes is a refusal that did not come, and says so. */
async function challenge(call) {
  try {
    return { passed: await call };
  } catch (error) {
    const [first] = error.cause ?? [];
    return { kind: error.constructor.name, status: error.status, scheme: first?.scheme, parameters: first?.parameters };
  }
}

const beforeRevoke = await introspect(revoked.attributes.key);
await personal.revokePersonalAccessToken({ tokenId: revoked.id });
// Every text ends in a checksum of itself, so that a wrong secret is taken from one that was right elsewhere.
const wrongSecret = `${live.attributes.key.slice(0, -36)}${input.unknown.slice(-36)}`;

say({
  account,
  expiresAt: expiresAt.getTime() / 1000,
  personal: { id: live.id, answer: await introspect(live.attributes.key) },
  service: { id: ofAccount.id, answer: await introspect(ofAccount.attributes.key) },
  applicationKey: { id: applicationKey.id, answer: await introspect(applicationKey.attributes.key) },
  beforeRevoke,
  revoked: await introspect(revoked.attributes.key),
  unknown: await introspect(input.unknown),
  wrongSecret: await introspect(wrongSecret),
  junk: await introspect("2YotnFZFEjr1zCsicMWpAA"),
  withoutCredential: await challenge(introspect(live.attributes.key, oauth.None())),
  withoutScope: await challenge(introspect(live.attributes.key, bearing(live.attributes.key))),
  secrets: [live, ofAccount, applicationKey, revoked, caller].map((credential) => credential.attributes.key),
});
