/** Which repository a request is about. */
export interface Repository {
  readonly owner: string;
  readonly repo: string;
  /** Node id of the repository. */
  readonly repositoryId: string;
}

/** Which pull request a request is about. */
export interface Target extends Repository {
  readonly number: number;
}

/** The parameters by which REST knows a repository. */
export function restName({ owner, repo }: Repository): {
  readonly owner: string;
  readonly repo: string;
} {
  return { owner, repo };
}
