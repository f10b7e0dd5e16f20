// What makes papers comes in a file of its own, with the rooms: nothing that sells waits for it.

/** The papers and their printing. */
export const papers = (): Promise<typeof import('../shell/later.ts')> => import('../shell/later.ts')
