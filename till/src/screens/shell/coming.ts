// What comes right after the start is asked for here: papers, codes, the rooms. Once its file is there, the answer is too.

/** Everything of the later file. */
export const later = (): Promise<typeof import('./later.ts')> => import('./later.ts')
