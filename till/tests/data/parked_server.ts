/** What the server does with parked tickets (mostrador/counter/parked_tickets.py), in memory, for tills that come and go. */

const WANTED_MS = 30_000
const SILENT_MS = 40_000

interface Row { till: string; state: 'parked' | 'given' | 'ended'; heard: number; want: string; wantedBy: string | null; wantedAt: number; content: string; said: object }
export interface RoundBody {
  readonly parked: readonly { readonly id: string }[]
  readonly gives: readonly { readonly id: string; readonly want: string; readonly content: string }[]
  readonly has: readonly { readonly id: string; readonly want: string }[]
}

export class ParkedServer {
  time = 1_764_032_400_000
  readonly rows = new Map<string, Row>()
  readonly sold = new Set<string>()
  readonly tills: string[] = []
  #wants = 0

  round(till: string, { parked, gives, has }: RoundBody): object {
    for (const { id, want } of has) {
      const row = this.rows.get(id)
      if (row?.till === till && row.want === want && row.state === 'given') Object.assign(row, { state: 'ended', content: '' })
    }
    const kept = gives.filter((gift) => !this.#gave(till, gift)).map(({ id }) => id)
    for (const [id, row] of this.rows) {
      if (row.till === till && row.state === 'parked' && ![...parked, ...gives].some((one) => one.id === id)) this.rows.delete(id)
    }
    for (const { id, ...said } of parked) {
      const row = this.rows.get(id)
      if (!row) this.rows.set(id, { till, state: 'parked', heard: this.time, want: '', wantedBy: null, wantedAt: 0, content: '', said })
      else if (row.till === till && row.state !== 'given') Object.assign(row, { state: 'parked', heard: this.time, said })
    }
    const rows = [...this.rows].filter(([id]) => !this.sold.has(id))
    return {
      others: this.tills.length - 1, kept,
      waiting: rows.filter(([, row]) => row.till !== till && row.state === 'parked').map(([id, row]) => ({ ...row.said, id, till: row.till, free: !this.#isSilent(row) })),
      asked: rows.filter(([, row]) => row.till === till && row.state === 'parked' && row.wantedAt > this.time - WANTED_MS).map(([id, row]) => ({ id, want: row.want, till: row.wantedBy })),
      given: rows.filter(([, row]) => row.till === till && row.state === 'given').map(([id]) => id),
    }
  }

  #gave(till: string, { id, want, content }: RoundBody['gives'][number]): boolean {
    const row = this.rows.get(id)
    if (row?.till === till && row.state === 'parked' && row.want === want && row.wantedBy !== null) {
      Object.assign(row, { till: row.wantedBy, state: 'given', content, wantedBy: null, wantedAt: 0 })
      return true
    }
    return row !== undefined && !(row.till === till && row.state === 'parked')
  }

  #isSilent(row: Row): boolean { return row.heard < this.time - SILENT_MS }

  claim(till: string, id: string): object {
    const row = this.rows.get(id)
    const said = (state: string): object => ({ state, till: row?.till ?? null, want: row?.want ?? null, content: state === 'yours' ? row?.content : null })
    if (!row || this.sold.has(id)) return said('gone')
    if (row.till === till) return said(row.state === 'given' ? 'yours' : 'gone')
    if (row.state !== 'parked') return said('taken')
    if (this.#isSilent(row)) return said('silent')
    const isWanted = row.wantedBy !== null && row.wantedAt > this.time - WANTED_MS
    if (isWanted && row.wantedBy !== till) return said('taken')
    if (!isWanted) Object.assign(row, { want: `want-${String(++this.#wants)}`, wantedBy: till })
    row.wantedAt = this.time
    return said('asked')
  }
}
