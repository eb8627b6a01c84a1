/** One file of a folder or an archive, read on demand. */
export interface ContentFile {
  /** Relative to the path that was asked for, `/` between folders, `!/` where an archive is entered. */
  path: string;
  /** Valid until the next file is taken from the iterator. @throws Diagnostic when it is too large or damaged. */
  text(): Promise<string>;
}

/** Bounds that ordinary content stays far below; an archive bomb or a wrong folder meets one of them. */
export const contentLimits = {
  /** Files in a folder or in an archive with the archives inside it. */
  files: 100_000,
  /** Size of one file, unpacked. */
  fileBytes: 400_000_000,
  /** Everything that is read from one archive, unpacked, with the archives inside it. */
  archiveBytes: 1_000_000_000,
  /** Unpacked size by packed size, of files above 10 MB. */
  ratio: 250,
  /** Archives inside archives. */
  depth: 4,
};
