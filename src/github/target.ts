/** Which pull request a request is about. */
export interface Target {
  readonly owner: string;
  readonly repo: string;
  /** Node id of the repository. */
  readonly repositoryId: string;
  readonly number: number;
}
