/** Where the file stands, in the repository and in the `.github` repository of its organisation. */
export const CONFIGURATION_PATH = ".github/cyclekey.yml";
