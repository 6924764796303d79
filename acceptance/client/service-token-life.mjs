// A service account and its tokens, from creation to end, as the Datadog client sees them.
import { asApplicationKey, asBearer, configuration, days, input, refusal, say, v2 } from "./sallyport.mjs";

// Nobody mints what outlives the credential they use: a token without an end takes a key pair, which has none.
const asKeyPair = configuration({ apiKeyAuth: input.apiKey, appKeyAuth: input.applicationKey });
const accounts = new v2.ServiceAccountsApi(asKeyPair);
const byToken = new v2.ServiceAccountsApi(asBearer(input.token));
const users = new v2.UsersApi(asBearer(input.token));
const roles = (await new v2.RolesApi(asBearer(input.token)).listRoles({ pageSize: 100 })).data;
const readOnly = roles.find((role) => role.attributes.name === "Datadog Read Only Role").id;

const account = (
  await accounts.createServiceAccount({
    body: {
      data: {
        type: "users",
        attributes: { email: "CI@acme.example", name: "ci", serviceAccount: true },
        relationships: { roles: { data: [{ id: readOnly, type: "roles" }] } },
      },
    },
  })
).data;
const serviceAccountId = account.id;

const request = (name, scopes, expiresAt) => ({
  serviceAccountId,
  body: { data: { type: "service_access_tokens", attributes: { name, scopes, expiresAt } } },
});
const endless = (await accounts.createServiceAccountAccessToken(request("deploy", ["user_access_read", "monitors_write"]))).data;
const ending = (await accounts.createServiceAccountAccessToken(request("nightly", ["user_access_read"], days(300)))).data;
const tooLong = await refusal(accounts.createServiceAccountAccessToken(request("long", ["user_access_read"], days(366))));
const outliving = await refusal(byToken.createServiceAccountAccessToken(request("endless", ["user_access_read"])));
const key = endless.attributes.key;

const who = (await new v2.UsersApi(asBearer(key)).getCurrentUser()).data;
const whoInKeySlot = (await new v2.UsersApi(asApplicationKey(key)).getCurrentUser()).data;
const seen = (await new v2.UsersApi(asBearer(key)).listUsers({ pageSize: 100 })).data.length;
// It has the scope, and its account does not hold the permission.
const minting = await refusal(
  new v2.ServiceAccountsApi(asBearer(key)).createServiceAccountAccessToken(request("child", ["user_access_read"])),
);

const tokenId = endless.id;
const read = (await accounts.getServiceAccountAccessToken({ serviceAccountId, tokenId })).data;
const edited = (
  await accounts.updateServiceAccountAccessToken({
    serviceAccountId,
    tokenId,
    body: { data: { id: tokenId, type: "service_access_tokens", attributes: { name: "deploy-2", scopes: ["user_access_read"] } } },
  })
).data;
const listed = (await accounts.listServiceAccountAccessTokens({ serviceAccountId, pageSize: 100 })).data;
const union = (await new v2.KeyManagementApi(asBearer(input.token)).listPersonalAccessTokens({ pageSize: 100 })).data;

const revoked = await accounts.revokeServiceAccountAccessToken({ serviceAccountId, tokenId });
const afterRevoke = await refusal(new v2.UsersApi(asBearer(key)).getCurrentUser());
await users.disableUser({ userId: serviceAccountId });
const afterDisable = await refusal(new v2.UsersApi(asBearer(ending.attributes.key)).getCurrentUser());
await users.updateUser({
  userId: serviceAccountId,
  body: { data: { id: serviceAccountId, type: "users", attributes: { disabled: false } } },
});
const afterEnable = await refusal(new v2.UsersApi(asBearer(ending.attributes.key)).getCurrentUser());

say({
  account: account.attributes,
  accountId: serviceAccountId,
  key,
  created: endless.attributes,
  type: endless.type,
  owner: endless.relationships.ownedBy.data,
  endless: endless.attributes.expiresAt === null,
  tooLong,
  outliving,
  who: who.id,
  whoInKeySlot: whoInKeySlot.id,
  seen,
  minting,
  readHasKey: JSON.stringify(read).includes(key.slice(-36)),
  edited: edited.attributes,
  listed: listed.map((token) => token.attributes.name),
  union: union.map((token) => token.type),
  revokeAnswersNothing: revoked === undefined,
  afterRevoke,
  afterDisable,
  afterEnable,
});
