// Put into the till's page: when facts were kept and when something was printed, in the order in which it happened.
// window.spoil: how the next transaction that writes facts is to end, 'full' as on a full disk, 'broken' by any other fault.
(() => {
  window.happened = []
  window.papers = []
  window.spoil = null
  const seen = new WeakSet()
  const watch = (store) => {
    const { transaction } = store
    if (store.name !== 'facts' || seen.has(transaction)) return
    seen.add(transaction)
    transaction.addEventListener('complete', () => window.happened.push('complete'))
    transaction.addEventListener('abort', () => window.happened.push('abort'))
    const how = window.spoil
    window.spoil = null
    if (how) queueMicrotask(() => transaction.abort())
    if (how === 'full') Object.defineProperty(transaction, 'error', { get: () => new DOMException('no room', 'QuotaExceededError') })
  }
  for (const name of ['add', 'put']) {
    const write = IDBObjectStore.prototype[name]
    IDBObjectStore.prototype[name] = function (...given) {
      const request = write.apply(this, given)
      watch(this)
      return request
    }
  }
  window.print = () => {
    window.happened.push('print')
    window.papers.push(document.querySelector('.paper-slip')?.textContent ?? '')
  }
})()
