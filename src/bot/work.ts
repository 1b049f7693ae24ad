import type { Job } from "../jobs/job.js";

/** What a delivery asks for. */
export type Work =
  | {
      readonly job: Job;
      /** The person whose comment asks for it: counted, so that nobody asks without end. */
      readonly askedBy?: string;
      /** The pull request is open no longer. */
      readonly closes?: true;
    }
  | { readonly sweep: NewRepositories };

/** Repositories that the App was given, or given back. */
export interface NewRepositories {
  readonly installationId: number;
  /** Node ids; empty when the delivery does not name them: then all of the installation. */
  readonly repositories: readonly string[];
}
