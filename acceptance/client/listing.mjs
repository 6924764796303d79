// How tokens are listed: pages, orders, filters.
import { asBearer, days, input, refusal, say, tokenRequest, v2 } from "./sallyport.mjs";

const api = new v2.KeyManagementApi(asBearer(input.token));
const names = ["alpha", "bravo", "charlie", "delta", "echo"];
// The later in the alphabet, the sooner it ends.
for (const [index, name] of names.entries()) {
  await api.createPersonalAccessToken(tokenRequest(`list-${name}`, ["user_access_read"], days(30 - index)));
}

const found = (page) => page.data.map((token) => token.attributes.name);
const filter = "list-";
const first = await api.listPersonalAccessTokens({ filter, pageSize: 2, pageNumber: 0, sort: "name" });
const second = await api.listPersonalAccessTokens({ filter, pageSize: 2, pageNumber: 1, sort: "name" });
const third = await api.listPersonalAccessTokens({ filter, pageSize: 2, pageNumber: 2, sort: "name" });
const beyond = await api.listPersonalAccessTokens({ filter, pageSize: 2, pageNumber: 3, sort: "name" });

say({
  total: first.meta.page.totalFilteredCount,
  pages: [first, second, third, beyond].map(found),
  descending: found(await api.listPersonalAccessTokens({ filter, sort: "-name" })),
  newestFirst: found(await api.listPersonalAccessTokens({ filter, sort: "-created_at" })),
  endingFirst: found(await api.listPersonalAccessTokens({ filter, sort: "expires_at" })),
  filtered: found(await api.listPersonalAccessTokens({ filter: "HARLI" })),
  ofOwner: found(await api.listPersonalAccessTokens({ filter, filterOwnedBy: [input.admin] })),
  ofNobody: found(await api.listPersonalAccessTokens({ filter, filterOwnedBy: ["00000000-0000-4000-8000-000000000000"] })),
  badPage: await refusal(api.listPersonalAccessTokens({ pageSize: -1 })),
});
