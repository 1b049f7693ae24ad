import type { AppRoute, Route } from "../http/route.js";
import { INSTALLATION_ROUTES, APP_ROUTES as INSTALLATIONS } from "./app.js";
import { CHECK_RUN_ROUTES } from "./check-runs.js";
import { CHECK_SUITE_ROUTES } from "./check-suites.js";
import { COLLABORATOR_ROUTES } from "./collaborators.js";
import { CONTENT_ROUTES } from "./contents.js";
import { HOOK_ROUTES } from "./hook.js";
import { ISSUE_COMMENT_ROUTES } from "./issue-comments.js";
import { PULL_REQUEST_ROUTES } from "./pull-requests.js";
import { REPOSITORY_ROUTES } from "./repositories.js";
import { REVIEW_COMMENT_ROUTES } from "./review-comments.js";
import { REVIEW_ROUTES } from "./reviews.js";

export { INSTALLATION_ROUTES };

export const APP_ROUTES: readonly AppRoute[] = [...INSTALLATIONS, ...HOOK_ROUTES];

export const ROUTES: readonly Route[] = [
  ...REPOSITORY_ROUTES,
  ...CHECK_RUN_ROUTES,
  ...CHECK_SUITE_ROUTES,
  ...COLLABORATOR_ROUTES,
  ...CONTENT_ROUTES,
  ...ISSUE_COMMENT_ROUTES,
  ...PULL_REQUEST_ROUTES,
  ...REVIEW_COMMENT_ROUTES,
  ...REVIEW_ROUTES,
];
