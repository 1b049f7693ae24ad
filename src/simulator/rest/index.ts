import type { Route } from "../route.js";
import { APP_ROUTES } from "./app.js";
import { CHECK_RUN_ROUTES } from "./check-runs.js";
import { COLLABORATOR_ROUTES } from "./collaborators.js";
import { CONTENT_ROUTES } from "./contents.js";
import { ISSUE_COMMENT_ROUTES } from "./issue-comments.js";
import { PULL_REQUEST_ROUTES } from "./pull-requests.js";
import { REVIEW_COMMENT_ROUTES } from "./review-comments.js";
import { REVIEW_ROUTES } from "./reviews.js";

export const ROUTES: readonly Route[] = [
  ...APP_ROUTES,
  ...CHECK_RUN_ROUTES,
  ...COLLABORATOR_ROUTES,
  ...CONTENT_ROUTES,
  ...ISSUE_COMMENT_ROUTES,
  ...PULL_REQUEST_ROUTES,
  ...REVIEW_COMMENT_ROUTES,
  ...REVIEW_ROUTES,
];
