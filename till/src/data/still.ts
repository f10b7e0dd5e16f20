/** A till that does nothing: what a page gets that may not, or may not yet, be one. Its state says why. */
import type { Catalogue } from './catalogue/face.ts'
import type { Drafts, Till, Tickets } from './index.ts'
import type { Readable } from './store.ts'
import { writable } from './store.ts'
import type { StorageState, SyncState, TillState } from './types.ts'

const REFUSED = 'this page is not the till'

function refuse(): Promise<never> {
  return Promise.reject(new Error(REFUSED))
}

const SYNC: SyncState = {
  online: false, offlineSince: null, unsent: 0, oldestAt: null, parked: [], lastContactAt: null, offset: null, problem: null,
}
const STORAGE: StorageState = { persisted: null, usage: null, quota: null }

function emptyCatalogue(): Catalogue {
  const nothing = (): null => null
  const none = (): readonly never[] => []
  return {
    state: writable({ loaded: 0, total: 0, scanReady: false, ready: false, revision: 0 }),
    cursor: nothing, changedAt: () => 0, byId: nothing, bySku: nothing, byBarcode: nothing, scan: () => Promise.resolve(null),
    byCategory: none, countOf: () => 0, all: none, favourites: none, variants: none,
    search: none, find: () => Promise.resolve([]),
    categories: none, category: nothing, family: nothing, taxes: none, taxesOf: none, taxGroup: nothing, taxGroups: none, learn: () => Promise.resolve(null), barcodeRules: none, promotions: none, priceLists: none, modifierGroups: none, kitOf: nothing, comboOf: nothing,
  }
}

function emptyTickets(): Tickets {
  const nothing = (): Promise<null> => Promise.resolve(null)
  const none = (): Promise<readonly never[]> => Promise.resolve([])
  return {
    revision: writable(0), latest: none, byNumber: nothing, byToken: nothing, bySale: nothing, annexesOf: none, returnsOf: none, openings: () => Promise.resolve([]), reprints: () => Promise.resolve(0),
  }
}

export function stillTill(state: Readable<TillState>, close: () => void = () => undefined): Till {
  const drafts: Drafts = { all: writable([]), save: refuse, remove: refuse }
  return {
    state,
    part: writable(null),
    sync: { ...writable(SYNC), now: () => Promise.resolve() },
    storage: writable(STORAGE),
    openShift: writable(null),
    catalogue: emptyCatalogue(),
    buyers: { revision: writable(0), count: 0, byId: () => null, spent: () => 0, search: () => [] },
    orders: { revision: writable(0), byId: () => null, waiting: () => [], ended: () => [] },
    giftCards: { byCode: () => null, balanceOf: () => 0, spent: () => 0 },
    coupons: { byCode: () => null, balanceOf: () => 0, spent: () => 0 },
    tickets: emptyTickets(),
    drafts,
    parked: { elsewhere: writable([]), resume: () => undefined, take: () => Promise.resolve({ state: 'no_answer' }), look: () => Promise.resolve(), onMoved: () => undefined },
    pair: refuse, unpair: refuse, checkPin: refuse, meet: refuse, write: refuse, writeAll: refuse, keepData: refuse, saveJournal: refuse,
    annex: () => { throw new Error(REFUSED) },
    newId: () => { throw new Error(REFUSED) },
    hashOf: () => '', findSold: () => Promise.resolve('no_answer' as const), newToken: () => { throw new Error(REFUSED) },
    now: () => Date.now(),
    serverNow: () => Date.now(),
    ask: () => Promise.resolve(null), askToSpend: () => Promise.resolve(null), pullPart: refuse, writtenAfter: () => Promise.resolve([]),
    roomFor: () => Promise.resolve(null),
    cardRoom: () => Promise.resolve(null),
    newGiftCode: () => { throw new Error(REFUSED) },
    canSell: () => Promise.resolve({ ok: false, reason: 'not_ready' }),
    updateReady: writable(false),
    applyUpdate: () => undefined,
    close: () => {
      close()
      return Promise.resolve()
    },
  }
}
