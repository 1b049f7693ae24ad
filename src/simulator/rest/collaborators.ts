import type { Route } from "../http/route.js";
import { userJson } from "../json/shapes.js";
import type { RepositoryRole } from "../platform/store.js";

/** `permission` knows four words; the exact role is in `role_name`. */
const PERMISSION: Readonly<Record<RepositoryRole, string>> = {
  admin: "admin",
  maintain: "write",
  write: "write",
  triage: "read",
  read: "read",
  none: "none",
};

export const COLLABORATOR_ROUTES: readonly Route[] = [
  {
    method: "GET",
    pattern: "/repos/{owner}/{repo}/collaborators/{login}/permission",
    need: "metadata:read",
    handle: ({ forge, at }) => {
      const login = at.login ?? "";
      // Everyone may read a public repository.
      const role = forge.store.users.get(login) ?? "read";
      const user = userJson({ login, type: "User" });
      return { status: 200, body: { permission: PERMISSION[role], role_name: role, user } };
    },
  },
];
