// A personal access token from its creation to its end, as the Datadog client sees it.
import { asApplicationKey, asBearer, configuration, days, input, refusal, say, tokenRequest, v2 } from "./sallyport.mjs";

const admin = new v2.KeyManagementApi(asBearer(input.token));
const expiresAt = days(30);
const created = await admin.createPersonalAccessToken(
  tokenRequest("deploy", ["user_app_keys", "user_access_read"], expiresAt),
);
const id = created.data.id;
const key = created.data.attributes.key;
const owner = created.data.relationships.ownedBy.data.id;

const read = await admin.getPersonalAccessToken({ tokenId: id });

const asDeploy = new v2.UsersApi(asBearer(key));
const asDeployInKeySlot = new v2.UsersApi(asApplicationKey(key));
const everyHeader = { apiKeyAuth: "0123456789abcdef0123456789abcdef", appKeyAuth: "f".repeat(40), AuthZ: { accessToken: key } };
const asDeployWithNoise = new v2.UsersApi(configuration(everyHeader));
const whoAsBearer = await asDeploy.getCurrentUser();
const whoAsApplicationKey = await asDeployInKeySlot.getCurrentUser();
const whoWithNoise = await asDeployWithNoise.getCurrentUser();
const noiseDoesNotHeal = await refusal(
  new v2.UsersApi(configuration({ ...everyHeader, appKeyAuth: key, AuthZ: { accessToken: "junk" } })).getCurrentUser(),
);

const missingScope = await refusal(new v2.AuditApi(asBearer(key)).listAuditLogs({}));
const edited = await admin.updatePersonalAccessToken({
  tokenId: id,
  body: {
    data: { id, type: "personal_access_tokens", attributes: { name: "deploy-2", scopes: ["user_access_read", "audit_logs_read"] } },
  },
});
const nowInScope = await new v2.AuditApi(asBearer(key)).listAuditLogs({ pageLimit: 1 });
const noLongerInScope = await refusal(new v2.KeyManagementApi(asBearer(key)).listPersonalAccessTokens());

const revoked = await admin.revokePersonalAccessToken({ tokenId: id });
const afterRevoke = {
  bearer: await refusal(asDeploy.getCurrentUser()),
  applicationKey: await refusal(asDeployInKeySlot.getCurrentUser()),
};
const namesLeft = (await admin.listPersonalAccessTokens({ pageSize: 100 })).data.map((token) => token.attributes.name);

say({
  id,
  key,
  owner,
  asked: expiresAt.toISOString(),
  created: created.data.attributes,
  type: created.data.type,
  read: read.data.attributes,
  readHasKey: "key" in read.data.attributes || JSON.stringify(read).includes(key.slice(-36)),
  whoAsBearer: whoAsBearer.data.id,
  whoAsApplicationKey: whoAsApplicationKey.data.id,
  whoWithNoise: whoWithNoise.data.id,
  noiseDoesNotHeal,
  missingScope,
  edited: edited.data.attributes,
  nowInScope: nowInScope.data.length,
  noLongerInScope,
  revokeAnswersNothing: revoked === undefined,
  afterRevoke,
  namesLeft,
});
