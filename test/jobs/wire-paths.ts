import { BASE_SHA, HEAD, MAIN } from "../github/wire.js";

const REPOSITORY = "/repos/octo/shop";

/** Addresses of what a job asks for, in the repository of all wire tests. */
export const PATHS = {
  files: (number = 7) => `${REPOSITORY}/pulls/${number}/files?per_page=100&page=1`,
  checks: `${REPOSITORY}/check-runs`,
  reviews: `${REPOSITORY}/pulls/7/reviews`,
  permission: (login: string) => `${REPOSITORY}/collaborators/${login}/permission`,
  reactions: (reply: number) => `${REPOSITORY}/pulls/comments/${reply}/reactions`,
  edit: (comment: number) => `${REPOSITORY}/pulls/comments/${comment}`,
  compare: (base = BASE_SHA) => `${REPOSITORY}/compare/${base}...${HEAD}?per_page=1`,
  compareMain: `${REPOSITORY}/compare/${MAIN}...${HEAD}?per_page=1`,
  ownRuns: `${REPOSITORY}/commits/${HEAD}/check-runs?check_name=cyclekey&app_id=4711&filter=all&per_page=100`,
  pulls: `${REPOSITORY}/commits/${HEAD}/pulls?per_page=100`,
};
