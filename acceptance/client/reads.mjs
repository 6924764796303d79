// Who the caller is, and what there is to hold.
import { asApplicationKey, asBearer, configuration, input, refusal, say, v2 } from "./sallyport.mjs";

const bearer = asBearer(input.token);
const me = await new v2.UsersApi(bearer).getCurrentUser();
const permissions = await new v2.RolesApi(bearer).listPermissions();
const withScopes = await new v2.RolesApi(bearer).listPermissions({ includeScopes: true });
const roles = await new v2.RolesApi(asApplicationKey(input.token)).listRoles({ pageSize: 100 });
const admin = roles.data.find((role) => role.attributes.name === "Datadog Admin Role");
const rolePermissions = await new v2.RolesApi(bearer).listRolePermissions({ roleId: admin.id });

// Terraform's way to ask whether its token is good: the token in both headers, and no API key.
const validated = await fetch(`${input.url}/api/v2/validate_keys`, {
  headers: { Authorization: `Bearer ${input.token}`, "DD-APPLICATION-KEY": input.token },
});
const junk = await fetch(`${input.url}/api/v2/validate_keys`, { headers: { Authorization: "Bearer junk" } });

const unparsed = (value, path = "") =>
  value && typeof value === "object"
    ? [
        ...(value._unparsed || value.unparsedObject ? [path] : []),
        ...Object.entries(value).flatMap(([name, member]) => unparsed(member, `${path}.${name}`)),
      ]
    : [];

say({
  id: me.data.id,
  email: me.data.attributes.email,
  included: me.included.map((item) => item.type),
  permissions: permissions.data.length,
  withScopes: withScopes.data.length,
  monitorsRead: permissions.data.find((permission) => permission.attributes.name === "monitors_read")?.id,
  roles: roles.data.map((role) => role.attributes.name).sort(),
  adminHolds: rolePermissions.data.length,
  validated: { status: validated.status, body: await validated.json() },
  junk: { status: junk.status, body: await junk.json() },
  apiKey: await refusal(
    new v2.KeyManagementApi(configuration({ apiKeyAuth: "0".repeat(32) })).validateAPIKey(),
  ),
  unparsed: unparsed([me, permissions, roles, rolePermissions]),
});
