// The trail says who created a token, and what became of the calls made with it.
import { asBearer, days, input, refusal, say, tokenRequest, v2 } from "./sallyport.mjs";

const admin = asBearer(input.token);
const created = await new v2.KeyManagementApi(admin).createPersonalAccessToken(
  tokenRequest("traced", ["user_access_read"], days(7)),
);
const { id } = created.data;
const traced = asBearer(created.data.attributes.key);
await new v2.UsersApi(traced).getCurrentUser();
await refusal(new v2.KeyManagementApi(traced).listPersonalAccessTokens());

const audit = new v2.AuditApi(admin);
const search = async (query) =>
  (await audit.searchAuditLogs({ body: { filter: { query, from: "now-15m", to: "now" }, sort: "timestamp", page: { limit: 50 } } })).data.map(
    (event) => ({ id: event.id, service: event.attributes.service, ...event.attributes.attributes }),
  );

const creation = await search(`@asset.id:${id} @action:created`);
const allowed = await search(`@credential.id:${id} @outcome:allowed`);
const refused = await search(`@credential.id:${id} @outcome:denied`);

const paged = [];
for await (const event of audit.listAuditLogsWithPagination({ pageLimit: 3, sort: "timestamp" })) {
  paged.push(event.id);
}
say({
  id,
  creation,
  allowed,
  refused,
  paged,
  unreadable: await refusal(audit.searchAuditLogs({ body: { filter: { query: "@no.such.field:1" } } })),
});
