import type { ConfigurationTexts } from "../../core/config/read-configuration.js";
import type { InstallationClient } from "../client/client.js";
import { Gone } from "../client/errors.js";
import type { Repository } from "../client/target.js";
import { record } from "../client/untrusted.js";
import { DEFAULT_BRANCH, readConfigurationTexts } from "./default-branch.js";

const CONFIGURATION = `query($owner: String!, $name: String!) {
  repository(owner: $owner, name: $name) {
    id
    defaultBranchRef { ...DefaultBranch }
  }
  organisation: repository(owner: $owner, name: ".github") {
    defaultBranchRef { ...DefaultBranch }
  }
}${DEFAULT_BRANCH}`;

/** What is configured, where no pull request is read with it. */
export async function queryConfiguration(
  client: InstallationClient,
  { owner, repo }: Repository,
): Promise<ConfigurationTexts> {
  const variables = { owner, name: repo };
  const answer = record(await client.query(CONFIGURATION, variables, ["organisation"]));
  if (record(answer?.repository) === undefined) throw new Gone("there is no such repository");
  return readConfigurationTexts(answer?.repository, answer?.organisation);
}
