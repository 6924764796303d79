// Every refusal decodes: the client throws its ApiException, with the texts of the body.
import { asBearer, configuration, days, input, refusal, say, tokenRequest, v2 } from "./sallyport.mjs";

const api = new v2.KeyManagementApi(asBearer(input.token));
const create = (name, scopes, expiresAt) => refusal(api.createPersonalAccessToken(tokenRequest(name, scopes, expiresAt)));
const nobodys = "00000000-0000-4000-8000-000000000000";

const narrow = await api.createPersonalAccessToken(tokenRequest("narrow", ["user_app_keys"], days(10)));
const narrowApi = new v2.KeyManagementApi(asBearer(narrow.data.attributes.key));

say({
  noCredential: await refusal(new v2.KeyManagementApi(configuration({})).listPersonalAccessTokens()),
  junkCredential: await refusal(new v2.KeyManagementApi(asBearer("ddpat_junk")).listPersonalAccessTokens()),
  blankName: await create(" ", ["user_access_read"], days(30)),
  directionTurned: await create("a\u202eb", ["user_access_read"], days(30)),
  noScopes: await create("x", [], days(30)),
  unknownScope: await create("x", ["no_such_scope"], days(30)),
  tooShort: await create("x", ["user_access_read"], days(0)),
  tooLong: await create("x", ["user_access_read"], days(400)),
  widerThanCaller: await refusal(narrowApi.createPersonalAccessToken(tokenRequest("x", ["audit_logs_read"], days(5)))),
  longerThanCaller: await refusal(narrowApi.createPersonalAccessToken(tokenRequest("x", ["user_app_keys"], days(20)))),
  withinCaller: (await narrowApi.createPersonalAccessToken(tokenRequest("child", ["user_app_keys"], days(5)))).data.attributes.name,
  unknownId: await refusal(api.getPersonalAccessToken({ tokenId: nobodys })),
  notAnId: await refusal(api.getPersonalAccessToken({ tokenId: "42" })),
});
