import { type Configuration, DEFAULT_CONFIGURATION } from "../model/configuration.js";
import type { Side } from "../model/source.js";
import type { PythonModule } from "./syntax/module.js";

/** What a module sees of the repository around it, on its own side. */
export interface Project {
  /** What the owners of the repository decided. */
  readonly configuration: Configuration;
  /** The module of a path; undefined when there is none, or it is not at hand. */
  open(side: Side, path: string): PythonModule | undefined;
  /** The text of any file; undefined when there is none, or it is not at hand. */
  text(side: Side, path: string): string | undefined;
  /** Names in a folder, folders with a slash behind; none when it is not there or not at hand. */
  entries(side: Side, directory: string): readonly string[];
  /** The files of the change set that stand on this side. */
  changedPaths(side: Side): readonly string[];
  /** Of these the Python files. */
  changedModules(side: Side): readonly PythonModule[];
  isChanged(side: Side, path: string): boolean;
  /**
   * Whether a module of that dotted name, in whatever folder it is looked for, is changed beside the
   * one at `path`.
   */
  changesBeside(path: string, dotted: string): boolean;
}

/** A module by itself. */
export const NO_PROJECT: Project = {
  configuration: DEFAULT_CONFIGURATION,
  open: () => undefined,
  text: () => undefined,
  entries: () => [],
  changedPaths: () => [],
  changedModules: () => [],
  isChanged: () => true,
  changesBeside: () => false,
};
