// Read in the till's page: its journal as it lies on the disk, and heads signed by its own key, which never leaves the browser.
({
  async open() {
    const asked = indexedDB.open('mostrador-journal')
    return new Promise((resolve, reject) => {
      asked.onsuccess = () => resolve(asked.result)
      asked.onerror = () => reject(asked.error)
    })
  },
  async all(store) {
    const database = await this.open()
    const asked = database.transaction(store).objectStore(store).getAll()
    const rows = await new Promise((resolve, reject) => {
      asked.onsuccess = () => resolve(asked.result)
      asked.onerror = () => reject(asked.error)
    })
    database.close()
    return rows
  },
  async journals() {
    const records = await this.all('journals')
    return records.map(({ id, series, token, head, watermark, status }) => ({ id, series, token, seq: head.seq, watermark, status }))
  },
  async facts() {
    const facts = await this.all('facts')
    return facts.map(({ journal, seq, id, kind, bytes, hash }) => ({ journal, seq, id, kind, bytes, hash }))
  },
  // "mostrador-head-v1" || journal || seq || hash (contracts/README.md), signed as raw r||s, base64url.
  async sign({ journal, seq, hash }) {
    const [record] = (await this.all('journals')).filter(({ id }) => id === journal)
    const bytes = (hex) => hex.match(/../g).map((two) => Number.parseInt(two, 16))
    const place = seq.toString(16).padStart(16, '0')
    const message = [...new TextEncoder().encode('mostrador-head-v1'), ...bytes(journal.replaceAll('-', '')), ...bytes(place), ...bytes(hash)]
    const signed = await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, record.private_key, new Uint8Array(message))
    const text = btoa(String.fromCharCode(...new Uint8Array(signed)))
    return text.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
  },
})
